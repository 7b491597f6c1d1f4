import pytest
def test_it(new_house):
    h=new_house(); a=h.alice
    def rpc(method, params=None, id=1, **o):
        r=a.post('/mcp', {"jsonrpc":"2.0","id":id,"method":method, **({"params":params} if params is not None else {})}, **o)
        return r.status_code, r.headers.get('content-type'), r.text
    print(rpc('initialize', {"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}))
    print(rpc('initialize', {"protocolVersion":"2099-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}))
    print(rpc('tools/list')[2][:1500])
    print(rpc('server/discover', headers={'mcp-protocol-version':'2026-07-28'}))
    print(rpc('ping'))
    c=a.post('/api/contacts',{"name":"Inès"}).json()['id']
    def tool(tname, **args):
        return rpc('tools/call', {"name":tname,"arguments":args})
    print(tool('contact_get', id=c))
    print(tool('contact_update_pipeline_state', id=c))
    print(tool('contact_update', id=c, emails=["bad"], foo=1))
    print(tool('contact_update', id=c, emails=["bad"], name=""))
    print(tool('contact_get', id="nope"), tool('contact_get', id=c.replace('0','1')))
    print(tool('task_create', title="x"), tool('task_create', title="x", dueDate="2026-02-03", contactId=c, companyId=c))
    print(tool('task_list', mine=True), tool('pipeline_states_list'))
    print(rpc('resources/list'),rpc('resources/templates/list'),rpc('resources/read',{"uri":"carnet://tasks/today"}),rpc('resources/read',{"uri":"carnet://contacts/"+c}),rpc('resources/read',{"uri":"carnet://x/"+c}))
    print(rpc('prompts/list'),rpc('prompts/get',{"name":"prepare_my_day"}),rpc('prompts/get',{"name":"draft_follow_up","arguments":{"contactId":c}}),rpc('prompts/get',{"name":"draft_follow_up"}))
    print(a.get('/mcp').headers, a.delete('/_mcp'))
    assert 0
