"""Gives the commands of which the stores in this folder are made; the README tells how it is run.

    python3 write.py URL

Prints as JSON what a later program needs to go on: keys and IDs.
"""

import json
import sys
import time
import urllib.request

URL, OPERATOR = sys.argv[1], "operator-key-of-the-tests-0123456789"
ADDRESS = {"addressLine1": "1 Example Street", "city": "Berlin", "zipOrPostalCode": "10115", "country": "DE"}


def call(method, path, key, body=None, headers=()):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, method=method)
    request.add_header("Content-Type", "application/json")
    if key:
        request.add_header("Authorization", "Bearer " + key)
    for name, value in headers:
        request.add_header(name, value)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def command(name, key, body):
    call.count = getattr(call, "count", 0) + 1
    named = (("Idempotency-Key", f"{name}-{call.count}"),)
    answer = call("POST", "/api/v1/commands/" + name, key, body, named)
    if "operation" in answer:
        until(lambda: call("GET", "/api/v1/operations/" + answer["operation"]["id"], OPERATOR)["state"] != "running")
    return answer


def until(true):
    while not true():
        time.sleep(0.05)


def at_rest():
    readers = call("GET", "/api/v1/projections", OPERATOR)
    tasks = call("GET", "/api/v1/tasks", OPERATOR)["items"]
    return all(reader["lag"] == 0 for reader in readers["items"]) and all(task["attempts"] == 0 for task in tasks)


def settle():
    for _ in range(5):
        until(at_rest)
        time.sleep(0.3)


def token(kind, tenant):
    def found():
        mails = call("GET", "/api/v1/outbox?limit=500", OPERATOR)["items"]
        found.mails = [mail for mail in mails if mail["kind"] == kind and mail["tenantId"] == tenant]
        return found.mails

    until(found)
    return found.mails[0]["content"]["text"].split("token=")[1].split()[0]


def accept(organization, given):
    return command("AcceptInvitation", None, {
        "token": token("invitation", organization), "givenName": given, "familyName": "Example",
        "password": "correct horse battery staple",
        "acceptedTerms": ["terms-of-service@2026-01-01", "privacy-policy@2026-01-01"],
    })


partner = command("RegisterPartner", OPERATOR, {"name": "Example Resale", "country": "DE", "region": "eu"})["id"]
keys = {
    role: command("IssueKey", OPERATOR, {"role": role, "partnerId": partner, "name": role})["key"]
    for role in ("service", "partner_admin", "auditor")
}
service, admin = keys["service"], keys["partner_admin"]
template = {
    "name": "Standard", "kind": "wholesale", "serviceProviderAdmin": "admin@resale.example", "country": "DE",
    "language": "de-DE", "subscription": "S-100", "authentication": {"method": "builtin"},
    "brandName": "Example Voice",
}
silent = command("CreateTemplate", service, template)["provisioningId"]
asking = command("CreateTemplate", service, template | {"name": "Asking", "allowAdminInviteOnAttach": True})
asking = asking["provisioningId"]

case = command("CreateCase", service, {
    "customer": {"companyName": "Example Harbour", "contactName": "Kim Example", "phone": "+4930123456",
                 "contactEmail": "kim@harbour.example", "country": "DE", "address": ADDRESS},
    "createCustomerOrg": True, "provisioningId": silent,
    "primaryContact": {"name": "Sam Seller", "email": "sam@resale.example"},
})["id"]
harbour = call("GET", "/api/v1/cases/" + case, service)["organizationId"]
accept(harbour, "Sam")
settle()
quote = command("DraftQuote", service, {"caseId": case, "lines": [
    {"package": "webex_meetings", "quantity": 3, "unitPrice": "12.10", "currency": "EUR", "termMonths": 12},
]})["id"]
command("SubmitQuote", service, {"quoteId": quote})
command("ApproveQuote", OPERATOR, {"quoteId": quote})
command("AcceptQuote", service, {"quoteId": quote})

retail = command("CreateCustomerOrg", service, {
    "provisioningId": silent, "externalId": "retail", "packages": ["webex_calling", "webex_meetings"],
    "address": ADDRESS, "customerInfo": {"name": "Example Retail", "primaryEmail": "admin@retail.example"},
    "provisioningParameters": {"calling": {"location": {
        "name": "Head Office", "address": ADDRESS, "timezone": "Europe/Berlin", "language": "de_de"}}},
})
settle()
organization = call("GET", "/api/v1/customers/" + retail["id"], service)["organizationId"]
accept(organization, "Robin")

works = command("RegisterOrganization", OPERATOR, {
    "name": "Example Works", "country": "SE", "userCount": 150, "adminEmails": ["admin@works.example"],
    "licenses": [{"package": "webex_meetings", "state": "active"}]})["id"]
attached = command("AttachExistingOrg", service, {
    "provisioningId": asking, "organizationId": works, "externalId": "works", "packages": ["webex_meetings"],
    "address": ADDRESS})
command("GrantConsent", None, {"token": token("consent", works)})
command("DefineMeter", OPERATOR, {"name": "calls.minutes", "kind": "sum", "unit": "minutes"})
for number in range(3):
    command("RecordUsage", service, {
        "source": "switch-1", "id": f"{number}", "meter": "calls.minutes", "organizationId": organization,
        "value": "12.5", "time": f"2026-01-{number + 1:02}T10:00:00Z"})
settle()
print(json.dumps({
    "partner": partner, "keys": keys, "template": silent, "case": case, "customer": retail["id"],
    "organization": organization, "attached": attached["id"],
    "position": call("GET", "/api/v1/projections", OPERATOR)["position"],
}, indent=2))
