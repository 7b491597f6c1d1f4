"""Closed lists of words, folded: what a language has few of, so that a list of them stays true on texts unseen.

There are no job titles, first names or cities here. Such lists are never complete: on texts that they were not made
from, a list of titles found one position in seven.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CIVILITIES: Final = _words(
    "m dra mr mme mmes mlle mrs ms miss mx dr dre doctor docteur docteure pr prof professor professeur professeure "
    "professore professoressa me maitre monsieur madame mademoiselle sir dame lord lady rev revd reverend fr father "
    "sister pere soeur mgr monseigneur hon sgt sergeant capt captain capitaine cpt lt lieutenant col colonel maj major "
    "gen general cmdr commander adm admiral insp inspector chef herr frau hr fr dipl ing dipl-ing dr-ing dring mag "
    "maga magister di dipling med jur phil rer nat dent vet pol oec soc habil univ sig sigra sigr signor signora dott "
    "dottssa dottore dottoressa avv avvocato arch rag geom on sr sra srta senor senora senorita don dona d da lic "
    "licenciado ingeniero ingeniera arq abg cav comm retd ret pd lektor oec stb ra rain ir drs mevr dhr mw inh smt shri dna dn"
)
"""Before a name: civilities, degrees and ranks, without dots."""

STRONG_CIVILITIES: Final = CIVILITIES - _words(
    "me fr chef don d da di on general major gen sr col med nat ret arch ing ra ir mw inh"
)
"""Those that nearly always announce a person."""

HONOURS: Final = _words(
    "phd dphil edd md do dds dmd dvm jd llm llb ll ma ba bsc msc mba emba mpa mph mres meng beng bed med msw mfa bfa "
    "cpa ca cfa cfp cma aca acca fca fcca pmp prince2 psm csm cissp cisa rn bsn msn np lpn fnp pa-c lcsw lmft lpc cna "
    "aprn dnp esq esquire qc kc jp mp mep mbe obe cbe kbe dbe frs frse frsa fba fras frics mrics mrtpi riba ice "
    "cimeche ceng peng pe eit leed ap aia asla fcips mcips cips chartered mciob mcim fcim fcipd mcipd cipd shrm-cp "
    "shrm-scp sphr phr gphr retd ret ing arch habil usn usmc usaf bha cpsm bs ms bscn hons oam am ao rgn mbchb mbbs "
    "frcs frcp frcgp msn facs facp frcpc bds mds bvsc mrcvs dipl-ing dipl fh mas dess dea cipp cpcu clu chfc cebs qa "
    "rd ldn ot pt dpt acii dipcii fcii crna pharmd psyd ded ingp notp rpp mcip oaa mirac"
)
"""After a name: degrees and honours, without dots."""

GENERATIONS: Final = _words("jr sr ii iii iv v fils pere")

PARTICLES: Final = _words(
    "de da do dos das di del della dello dei degli du des d la le les l van von der den ten ter te zu zum zur zur vom "
    "af av bin ibn al el ul bint ben y e i vander vanden st o mac mc"
)
"""Small words within a person's name."""

LEGAL_FORMS: Final = _words(
    "sas sasu sarl eurl sci scop scic selarl scp snc sca gie gaec earl gmbh ag kg kgaa ohg gbr ug ek ev eg mbh inc llc "
    "llp lp plc ltd limited corp corporation co company pte pty pvt pllc srl spa sapa snc sas srls sl slu slp sau "
    "scoop sprl bv bvba nv vof asbl vzw sagl sa oy oyj ab as asa aps a/s doo sro zoo kft kk gmbhcokg stb cic cv sal "
    "sll slne aie ute scoopv coop cooperative societa eurl scrl scrlfs ltda eirl spzoo"
)
"""What a company ends (or begins) with, folded and without dots."""

BEGINNING_FORMS: Final = _words(
    "sarl sas sasu eurl sci scop snc sa selarl scp gaec earl gie ets etablissements ste societe"
)
"""Legal forms that French puts first."""

INSTITUTIONS: Final = _words(
    "dental marina guides rentals motors tools textiles ceramics brewing landscaping plumbing electric electrical solar "
    "security cleaning printing shipping freight nursery gardens homes kitchens interiors cantine cantina ceramiche "
    "tessuti impianti vivai talleres conservas aceros suministros pinturas autobuses menuiserie metallerie maconnerie "
    "peintures pepinieres jardins vergers "
    "university universite universitat universidad universita college school ecole lycee schule escuela scuola "
    "institute institut instituto istituto academy academie akademie academia accademia hospital hopital krankenhaus "
    "klinik klinikum clinic clinique clinica ospedale chu chr chru ehpad church eglise parish museum musee museo "
    "theatre theater teatro library bibliotheque mairie ville commune metropole region departement council county "
    "ministry ministere ministerium ministerio ministero bank banque banca banco sparkasse foundation fondation "
    "stiftung fundacion fondazione association verein asociacion associazione verband syndicat union federation "
    "society societe company compagnie group groupe gruppe grupo gruppo holding holdings agency agence agentur agencia "
    "agenzia studio studios atelier ateliers cabinet kanzlei praxis practice bureau office etude notaires laboratoire "
    "laboratoires laboratory labs lab hotel restaurant ristorante bakery boulangerie backerei pharmacy pharmacie "
    "apotheke farmacia garage transports logistics solutions systems systemes technologies technology consulting "
    "partners services industries industrie enterprises entreprise entreprises imports exports construction "
    "constructions bau verlag press presse editions media records pictures farms farm ferme domaine chateau maison "
    "casa haus azienda cantina bodega bodegas mutuelle mutualite assurances insurance versicherung seguros "
    "assicurazioni trust cooperative cooperativa genossenschaft werke werkstatt werkstatten manufaktur fabrik fabrique "
    "factory mill mills moulin molino brewery brasserie brauerei shop store stores boutique market club centre center "
    "zentrum centro kindergarten creche stadtwerke gemeinde stadt landkreis ayuntamiento comune regione provincia "
    "universidade camara chambre handelskammer kammer authority administration department collective collectif "
    "kollektiv network reseau netzwerk team-work international immobilier immobilien inmobiliaria immobiliare realty "
    "properties energy energie energies energia foods food supply tooling hotels wines vins vini weingut engineering "
    "ingenierie software digital design architects architectes architekten arquitectos architetti plumbing roofing "
    "heating cooling catering events fils sons brothers freres gebruder hermanos fratelli associates associes et-fils"
)
"""Words that name an organisation, not what a person does in it."""

SCHOOLS: Final = _words(
    "university universite universitat universidad universita universidade college school ecole lycee schule hochschule "
    "escuela scuola institute institut instituto istituto politecnico polytechnique academy academie akademie academia "
    "accademia"
)
"""Where people learn, which a profile names beside their employer."""

RANKS: Final = _words(
    "chief head lead senior junior vice deputy assistant associate principal chef cheffe adjoint adjointe leiter "
    "leiterin leitung jefe jefa responsable responsabile direttore direttrice ceo cto cfo coo cmo cio cpo vp svp evp "
    "avp gm md dg dga daf drh dsi pdg resp dir"
)
"""Ranks: how high a person stands, in whatever trade. (A list of the trades themselves would not generalise.)"""

RELATIONS: Final = _words(
    "manager supervisor assistant spouse wife husband partner parent mother father guardian emergency kin agent rep "
    "representative referrer support old former previous owner assignee conjoint conjointe epoux epouse mari femme pere "
    "mere tuteur tutrice responsable superieur urgence ancien ancienne remplacant remplacante assistante commercial "
    "commerciale betreuer betreuerin vorgesetzter vorgesetzte ehefrau ehemann notfall notfallkontakt assistentin "
    "conyuge marido esposa emergencia antiguo jefe asistente responsabile coniuge marito moglie emergenza vecchio "
    "assistente urgenza"
)
"""Who stands to a person in a form: a number or an address that is labelled with one is that one's."""

DAYS_AND_MONTHS: Final = _words(
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes miercoles jueves viernes sabado domingo "
    "lunedi martedi mercoledi giovedi venerdi sabato domenica january february march april june july august september "
    "october november december janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
    "januar februar marz juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre mon tue wed "
    "thu fri sat sun"
)

NO_NAMES: Final = _words(
    "gestern heute yesterday today hier ayer ieri habe llamar chiamare telefonato hablado our notre unser "
    "met meet call called spoke ask add new see saw hi hello hey dear thanks thank best regards kind please contact from to re fwd fw voir rencontre appeler rappeler vu merci bonjour bonsoir salut cordialement "
    "hallo guten danke herzliche viele liebe neuer neue hola gracias saludos ciao grazie buongiorno saluti tel mobile fax email mail phone"
)
"""Words that may begin a line in capitals before a name, and are no part of one."""

FREE_MAIL: Final = _words(
    "gmail googlemail yahoo ymail hotmail outlook live msn icloud me mac aol gmx web t-online freenet posteo mailbox "
    "orange wanadoo free sfr laposte bbox neuf club-internet numericable libero virgilio tiscali alice tin fastwebnet "
    "protonmail proton pm bluewin hispeed sunrise telenet skynet proximus terra telefonica btinternet btopenworld sky "
    "talktalk ntlworld comcast verizon att sbcglobal bellsouth cox charter earthlink mail zoho yandex fastmail hey "
    "tutanota tuta tutamail inbox rediffmail bigpond optusnet xtra shaw rogers sympatico videotron bell qq 163 126 "
    "naver email pec arcor kabelmail vodafone aon chello ziggo kpnmail xs4all planet hetnet telia bredband"
)
"""The names of providers whose addresses tell nothing of an employer."""

MAILBOXES: Final = _words(
    "info infos contact contacts contacto contatti accueil compta comptabilite direction secretariat segreteria office "
    "bursar sales vendite ventas verkauf commercial commerciale comercial amministrazione administracion "
    "administration admin buchhaltung rechnung hr rh jobs careers personale personal recrutement hello bonjour hallo "
    "hola ciao team equipe support service services booking bookings reservation reservations reservas prenotazioni "
    "reception post mail email kontakt zentrale empfang vertrieb einkauf achats purchasing acquisti compras marketing "
    "press presse stampa prensa events enquiries enquiry help webmaster boutique shop store magasin atelier studio "
    "cabinet mairie citas rdv termine praxis domaine garage agence agency accounts accounting billing invoices "
    "facturation"
)
"""Local parts that name a duty and not a person."""

SENTENCE_WORDS: Final = _words(
    "je j tu moi toi lui eux il elle nous vous ils elles on mon ma mes notre nos votre vos ce cet cette ces c est sont "
    "etes suis etait avez ai avons ont peut pouvez veuillez merci si que qu qui quoi dont ne pas plus tres bien ou "
    "ainsi afin avant apres avec sans dans sur chez par etre avoir faire i you he she we they my your our their this "
    "that these those is are was were be been am have has had will would can could may might please thank thanks if "
    "not do does did don't i'm it it's let's we're you're from with about into when what which who there here just "
    "also any all as so but than then ich du er sie wir ihr mein meine ihre unser unsere dies diese dieser dieses ist "
    "sind war haben hat habe wird werden kann konnen bitte danke wenn dass nicht auch nur noch aber oder als wie auf "
    "aus bei mit nach zur uber mir dir ihm ihn uns euch te se yo usted nosotros mi su sus nuestro nuestra este esta "
    "estos estas es son soy fue ser estar tiene puede por favor gracias que quien no muy pero como cuando para con sin "
    "sobre io lei noi voi mio mia suo sua nostro nostra questo questa e' sono siamo siete era essere avere puo prego "
    "grazie che chi non piu molto ma come quando per con senza su"
)
"""Pronouns, verbs and other words that make sentences: names, titles and firms have few of them."""

GREETINGS: Final = _words(
    "bonjour bonsoir salut coucou cher chere chers cheres hello hi hey dear hallo guten liebe lieber sehr moin servus "
    "gruezi hola estimado estimada estimados buenos buenas querido querida ciao buongiorno buonasera gentile egregio "
    "caro cara salve spettabile morning afternoon g'day"
)
