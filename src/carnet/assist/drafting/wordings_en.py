"""The English sentences (see `wordings`)."""

from __future__ import annotations

from typing import Final

FRAME: Final = (
    "<Dear|Hello|Hi> {name},",
    "Dear {name},",
    "<Dear Sir or Madam|Hello|Hi>,",
    "<Yours sincerely,|Kind regards,|Best,>",
)

WORDINGS: Final[dict[str, tuple[str, ...]]] = {
    # ---- at the beginning and end of many
    "open.well": ("", "", "I hope you are <well|well|doing well>."),
    "open.warm": ("I hope you are <well|doing well>.",),
    "close.soon": (
        "",
        "I look forward to <continuing our conversation|speaking with you again|talking again soon>.",
    ),
    "close.questions": (
        "",
        (
            "<Please do not hesitate to contact me should you have any questions.|"
            "Please let me know if you have any questions.|Just let me know if you have any questions.>"
        ),
    ),
    "close.reply": (
        "",
        (
            "<I look forward to hearing from you.|I look forward to hearing from you.|Looking forward to "
            "hearing from you!>"
        ),
    ),
    "close.listen": ("", "", "If you would like to talk it over, I am at your disposal at any time."),
    # ---- thank_you
    "thank_you.subject": ("Thank you~ {what}~",),
    "thank_you.opener": (
        "<Thank you|Thank you|Thanks>~ {what}~.",
        "<I would like to thank you|Thank you very much|Thanks so much>~ {what}~<.|.|!>",
    ),
    "thank_you.thank_too": ("<Thank you also|Thank you also|Thanks too>~ {what}~.",),
    "thank_you.context": ("", "<It was greatly appreciated.|I really appreciated it.>"),
    "thank_you.ask": ("", "", "If there is anything I can do in return, please let me know."),
    # ---- follow_up_meeting and follow_up
    "follow_up_meeting.subject": ("Following up on {meeting}",),
    "follow_up_meeting.opener": (
        "<I am|I'm|Just> following up on {meeting}~ ({met})~.",
        (
            "<Thank you for the time you gave me during|It was good to speak with you during|"
            "It was great talking to you during> {meeting}~ ({met})~<.|.|!>"
        ),
    ),
    "follow_up_meeting.context": (
        "",
        "<I would very much like|I would like|I'd love> to continue our conversation~ about {topic}~.",
    ),
    "follow_up_meeting.ask": (
        "When could we talk again?",
        (
            "<Would you have some time in the coming days?|Would you have some time in the coming days?|"
            "Do you have some time in the next few days?>"
        ),
    ),
    "follow_up_meeting.more": ("", "", "A short call would be enough, at whatever time suits you best."),
    "follow_up.subject": ("Following up~ on {what}~",),
    "follow_up.opener": (
        "~<I am|I'm|Just> following up on {what}^<I am|I'm> getting back to you~.",
        "~<I am writing to follow|I'm following|Just following> up on {what}^<I am|I'm> getting back to you~.",
    ),
    "follow_up.ask": (
        "Where do things stand on your side?",
        (
            "<Could you please let me know where things stand on your side?|"
            "Could you let me know where things stand on your side?|How are things looking on your side?>"
        ),
    ),
    # ---- quote_follow_up
    "quote_follow_up.subject": ("Following up on {quote}",),
    "quote_follow_up.opener": (
        "<I am|I'm|Just> following up on {quote}~ {when}~.",
        "<I am writing to follow|I'm following|Just following> up on {quote}~ {when}~.",
    ),
    "quote_follow_up.ask": (
        "Have you had a chance to <review|look at> it?",
        "Have you had <the opportunity to review|a chance to look at> it?",
    ),
    "quote_follow_up.firm": (
        "I do need your answer now.",
        (
            "<I would be grateful for your decision, so that I can plan accordingly.|"
            "I do need an answer from you, whether it is a yes or a no, so that I can plan ahead.>"
        ),
    ),
    "quote_follow_up.context": (
        "",
        (
            "<I would be grateful to know your decision.|Your thoughts would help me prepare the next steps.|"
            "I'd love to hear what you think!>"
        ),
    ),
    "quote_follow_up.more": ("", "", "If anything in it should be reconsidered, we can of course discuss it."),
    # ---- invoice_reminder
    "invoice_reminder.subject": ("{bare invoice}~: due {due}~",),
    "invoice_reminder.sending": ("<I am|I'm> sending you {invoice}.",),
    "invoice_reminder.opener": (
        "I have not received payment for {invoice} yet.",
        (
            "<Unless I am mistaken, we have not yet received payment for {invoice}.|"
            "Unless I am mistaken, I have not received payment for {invoice} yet.|"
            "I don't think I've received payment for {invoice} yet.>"
        ),
    ),
    "invoice_reminder.due": (
        "It is due {due}.",
        "<I would like to remind you that|As a reminder,|Just a reminder that> payment is due {due}.",
    ),
    "invoice_reminder.ask": (
        "Could you please arrange payment?",
        (
            "<I would be grateful if you could arrange payment, or let me know when it is planned.|"
            "Could you please arrange payment, or let me know when it is planned?|"
            "Could you take a look and tell me when payment is planned?>"
        ),
    ),
    "invoice_reminder.firm": (
        "Please arrange payment now.",
        "<I must ask you to arrange payment without delay.|Please arrange payment as soon as possible.>",
    ),
    "invoice_reminder.before": (
        "Please arrange payment {due}.",
        "<I would be grateful if you could|Please> arrange payment {due}.",
    ),
    "invoice_reminder.thanks": ("", "Thank you in advance for your payment."),
    "invoice_reminder.more": ("", "", "If your payment is already on its way, please disregard this message."),
    # ---- apology
    "apology.subject": ("~{?we}Our apologies^My apologies~~ {what}~",),
    "apology.opener": (
        "<Please accept ~{?we}our^my~ apologies|~{?we}We are^I am~ sorry|~{?we}We're^I'm~ sorry>~ {what}~.",
        (
            "<Please accept ~{?we}our^my~ sincere apologies|~{?we}We are^I am~ very sorry|"
            "~{?we}We're^I'm~ really sorry>"
            "~ {what}~."
        ),
    ),
    "apology.context": (
        "",
        (
            "<I understand the inconvenience that this may have caused you.|"
            "I understand that this may have been inconvenient for you.|I know that wasn't great for you.>"
        ),
    ),
    # ---- congratulate
    "congratulate.subject": ("Congratulations~ {what}~",),
    "congratulate.opener": (
        "Congratulations~ {what}~<.|!>",
        "<Please accept my sincere congratulations|Many congratulations|Congratulations>~ {what}~<.|!>",
    ),
    "congratulate.context": (
        "",
        "<This is excellent news.|This is wonderful news.|What great news!>",
    ),
    "congratulate.job": ("", "I wish you every success in this new role."),
    "congratulate.more": ("", "", "I wish you all the best for what comes next."),
    "birthday.subject": ("Happy birthday<|!>",),
    "birthday.opener": (
        "<I wish you a happy birthday.|Happy birthday!>",
        "<I wish you a very happy birthday.|Happy birthday!>",
    ),
    "birthday.context": (
        "",
        "<May this day bring you much joy.|I hope you have a wonderful day.|Have a wonderful day!>",
    ),
    "birthday.more": ("", "", "I wish you health, joy and success in the year ahead."),
}
