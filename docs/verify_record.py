"""Verifies a record (`reviewer.record/2`) and the published files, sharing no code with the program that wrote it.

    python verify_record.py record.json FILE... [--trust FINGERPRINT]

Needs Python 3.11 and `cryptography`; leaves with 0 only if everything holds. Whether each act kept to every rule of its
chain is for the program to say; a key other than Ed25519 does not hold here. Format: ledger-format.md."""

import base64
import hashlib
import json
import sys
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NONE, ROSTER, SAID = "0" * 64, ("found", "adopt", "enrol", "revoke"), ("opinion", "grounds", "shown", "comment")
ACT, LINE = "application/vnd.reviewer.act+json", "application/vnd.reviewer.checkpoint"
UNMOVED = ("hand_over", "extend", "report", "ratify", "decide", "redact")  # after which a case stands where it stood
NO_DUTY = (*UNMOVED[:4], "redact", "take_down", "objection", "incident", "reassess", "archive")
KNOWN = (*UNMOVED, *NO_DUTY, "submit", "review", "approve", "publish", "consult", "answer", "lapse")
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
TYPES = ("https://in-toto.io/Statement/v1", "urn:reviewer:record:2", "reviewer.record/2")


def check(held, claim):
    if not held:
        raise ValueError(claim)


def digest(value):  # of bytes, or of RFC 8785 as far as strings, integers, true, false and null go
    return hashlib.sha256(value if isinstance(value, bytes) else CANONICAL.encode(value).encode()).hexdigest()


def unbase64(text):
    check(base64.b64encode(base64.b64decode(text)).decode() == text, "base64")
    return base64.b64decode(text)


def check_signature(key, keyid, kind, payload, signature):  # DSSE
    raw = unbase64(key.removeprefix("ed25519:"))
    check(keyid == digest(raw), "the key that it names")
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(payload), payload)
    Ed25519PublicKey.from_public_bytes(raw).verify(unbase64(signature), message)


def includes(hashed, seq, size, path, root):  # RFC 9162, 2.1.3.2
    at, last, found = seq - 1, size - 1, hashlib.sha256(b"\x00" + bytes.fromhex(hashed)).digest()
    for one in path:
        step = bytes.fromhex(one)
        check(last > 0 and one == step.hex() and len(step) == 32, "a path")
        left = at % 2 or at == last
        found = hashlib.sha256(b"\x01" + (step + found if left else found + step)).digest()
        while left and at and at % 2 == 0:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    return seq >= 1 and last == 0 and found.hex() == root


class Unit:  # the roster, and the chain in force, as the signed acts tell them
    enrolled, chain, name, genesis = (), None, None, None

    def now(self, name):
        return [one for one in self.enrolled if one["name"] == name and one["until"] is None]

    def take(self, said, keyid):
        act, of = said["act"], [one["role"] for one in self.now(said["actor"])]
        check(said["kind"] == "found" or "administrator" in of, "an administrator's act")
        if said["kind"] == "found":
            self.name, self.chain, self.genesis = act["unit"], act["chain"], keyid
            act = {"name": said["actor"], "role": "administrator", "public_key": act["public_key"], "exception": ""}
        if said["kind"] == "adopt":
            self.chain = act["chain"]
        elif said["kind"] == "revoke":
            for one in [x for x in self.enrolled if not x["until"] and act["name"] in (x["name"], x.get("deputy_for"))]:
                if act.get("deputy_for") in (None, one.get("deputy_for")):  # all of it, or what that one delegated
                    one["until"] = said["seq"]
        else:
            named = {"keyid": digest(unbase64(act["public_key"].partition(":")[2])), "by": said["actor"]}
            self.enrolled += ({**act, **named, "since": said["seq"], "until": None},)


def read_acts(predicate, unit):  # the case's, after every act was found in the tree, in order, linked and signed
    line = predicate["checkpoint"].split(" ")
    genesis, size, root, head, time = line[1], int(line[2]), *line[3:6]
    check(line[0] == "reviewer.checkpoint/1" and len(line) in (6, 8) and line[2] == str(size), "a checkpoint")
    last, before, acts = {"case": NONE, "roster": NONE}, {"seq": 0, "time": ""}, []
    for told in predicate["acts"]:
        envelope, ((keyid, signature),) = told["envelope"], [one.values() for one in told["envelope"]["signatures"]]
        said = json.loads(payload := unbase64(envelope["payload"]))
        header = {name: said[name] for name in ("seq", "time", "kind", "subject", "prev")}
        own, roster = digest(header | {"body": digest(envelope)}), said["kind"] in ROSTER
        check(includes(own, said["seq"], size, told["path"], root), f"entry {said['seq']} is in the ledger's tree")
        check(said["seq"] > before["seq"] and said["time"] >= before["time"], f"entry {said['seq']} is in order")
        follows = (NONE if roster else last["case"], last["roster"])
        links = (said["case_prev"], said["roster_prev"]) if said["schema"] == "reviewer.act/3" else follows
        check(links == follows and (said["kind"] == "found") == (said["seq"] == 1), f"entry {said['seq']} follows")
        keys = {one["public_key"] for one in unit.now(said["actor"])} if unit.name else {said["act"]["public_key"]}
        check(len(keys) == 1 and envelope["payloadType"] == ACT, f"{said['actor']} was on the roster")
        check_signature(*keys, keyid, ACT, payload, signature)
        if roster:
            unit.take(said, keyid)
        else:
            check(said["subject"] == predicate["case"], f"entry {said['seq']} is of this case")
            day = str((datetime.fromisoformat(said["time"]) + timedelta(hours=8)).date())  # a Chinese one, as terms are
            roles = [x["role"] for x in unit.now(said["actor"]) if x.get("begins", "") <= day <= x.get("ends", day)]
            chain = acts[0]["chain"] if acts else unit.chain  # a case keeps the chain it began with
            acts.append(said | {"keyid": keyid, "roles": roles, "chain": chain})
        last["roster" if roster else "case"], before = own, header
    told = predicate["head"]["header"]
    there = digest(told) == head and told["seq"] == size and includes(head, size, size, predicate["head"]["path"], root)
    check(there and (time >= told["time"] if line[6:] else time == told["time"]), "the head of the checkpoint")
    check(genesis == unit.genesis == predicate["genesis_key"] and predicate["unit"] == unit.name, "this unit's ledger")
    if line[6:]:
        on = [x for x in unit.enrolled if x["keyid"] == line[6] and x["since"] <= size < (x["until"] or size + 1)]
        check_signature(on[0]["public_key"], line[6], LINE, " ".join(line[:6]).encode(), line[7])
    return acts


def retold(acts, unit):  # the summary that these acts come to, where the case stands approved or published
    chain, status, consults, objections, duties = acts[0]["chain"], "", [], [], set()
    handing, stations = chain.get("submitter", "publisher"), [hop["role"] for hop in chain["hops"]]
    for one in acts:
        act, what, name = one["act"], one["kind"], one["actor"]
        check(what in KNOWN and (what == "submit") >= (one is acts[0]), f"{what} is an act known here")
        if what == "submit":
            submitted, submitter, publisher = act, name, name if handing == "publisher" else ""
            files, package, rulings, looks, signoffs = act["manifest"], digest(act["manifest"]), [], [], []
            hops = act["route"]["hops"] if "route" in act else stations
        given, likely = {"submit": handing, "publish": "publisher"}.get(what), (*hops[len(signoffs) :], *stations)
        role = next((each for each in ([given] if given else (*likely, *one["roles"])) if each in one["roles"]), "")
        check(role and act.get("manifest", files) == files, f"{name} had a role, and what was published was approved")
        told = {"number": len(objections) + 1, "time": one["time"], "package": package}
        if what == "consult":
            signoffs = [each for each in signoffs if stations.index(each["role"]) < stations.index(role)]
            consults += [{"number": len(consults) + 1, "by": name, "time": one["time"], "consult": act, "answer": None}]
        elif what in ("answer", "lapse"):
            consults[act["consult"] - 1] |= {"answer": act} if what == "answer" else {"lapse": act, "lapsed_by": name}
            if act.get("outcome") == "objection" and chain.get("edition", 1) > 1:
                letter = consults[act["consult"] - 1]["consult"]
                told |= {"party": letter["addressee"], "name": letter["organ"], "package": letter["package"]}
                objections.append(told | {"reason": act["note"], "consult": act["consult"]})
        elif what == "objection":
            objections.append(told | {key: act[key] for key in ("party", "name", "reason")})
            signoffs = signoffs if status == "published" else []
        elif what == "decide":
            objections[act["objection"] - 1] |= {"decision": act, "decided_by": name}
        elif what == "hand_over" and act["role"] == handing:
            submitter, publisher = act["taker"], act["taker"] if handing == "publisher" else publisher
        elif what in ("review", "approve"):
            check(act["package"] == package and role in stations, f"{name} signed this package")
            rulings += [{"settled": each, "by": name, "role": role} for each in act.get("settled", ())]
            looks += [{"inspected": each, "by": name, "role": role} for each in act.get("inspected", ())]
            word = {"opinion": "agree", "grounds": []} | {k: v for k, v in act.items() if k in SAID}
            who = {"role": role, "by": name, "keyid": one["keyid"], "time": one["time"]}
            signoffs += [who | word] if word["opinion"] in ("agree", "partial", "submit_up") else []
        publisher = name if what == "publish" else publisher
        duties |= set() if what in NO_DUTY else {(role, name, one["keyid"])}
        if what not in UNMOVED and (what, status) != ("objection", "published"):
            status = {"approve": "approved", "publish": "published"}.get(what, "")
    check(status and signoffs, "approved, and not taken back")
    for one, other in ((one, other) for one in duties for other in duties):
        apart = one[0] == other[0] or (one[1] != other[1] and one[2] != other[2])
        check(apart or {one[0], other[0]} in [set(x["roles"]) for x in chain.get("merged", ())], "one person a duty")
    summary = {"status": status, "publisher": publisher, "package": package, "submitted": submitted, "looks": looks}
    summary |= {"rulings": rulings, "signoffs": signoffs, "consults": consults}
    summary["unprotected_keys"] = list(dict.fromkeys(one["actor"] for one in acts if not one["protected"]))
    summary["merged_roles"] = [one for one in unit.enrolled if one["exception"]]
    later = {"objections": objections, "deputies": [one for one in unit.enrolled if one.get("deputy_for")]}
    later["submitter"] = "" if submitter == publisher else submitter
    return summary | {key: value for key, value in later.items() if value}


def verify(data, files, trust):
    predicate, unit = (record := json.loads(data))["predicate"], Unit()
    check((json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode() == data, "the one spelling of the file")
    check((record["_type"], record["predicateType"], predicate["schema"]) == TYPES, "a record of this form")
    summary = retold(read_acts(predicate, unit), unit)
    yield f"{len(predicate['acts'])} acts: in the ledger's tree, in order, each signed by a key on the roster"
    check(trust in (None, unit.genesis), "the ledger of the trusted key")
    check(digest(predicate["summary"]) == digest(summary), "the summary follows from the signed acts")
    listed = summary["submitted"]["manifest"]["files"]
    subject = [{"name": one["name"], "digest": {"sha256": one["sha256"], "sm3": one["sm3"]}} for one in listed]
    check(record["subject"] == subject and (len(record), len(predicate)) == (4, 8), "what was signed, and no more")
    yield " ".join([predicate["case"], summary["status"], *(f"{x['role']} {x['by']}" for x in summary["signoffs"])])
    given = sorted((unicodedata.normalize("NFC", x.name), digest(held := x.read_bytes()), len(held)) for x in files)
    check(given == [(x["name"], x["sha256"], x["size_bytes"]) for x in listed], "all the files, and no other")
    yield f"{len(listed)} files, byte for byte; founding key {unit.genesis}"


if __name__ == "__main__":
    words = sys.argv[1:]
    key = words.pop(words.index("--trust") + 1) if "--trust" in words else None
    record, *published = [Path(word) for word in words if word != "--trust"]
    try:
        print("\n".join(verify(record.read_bytes(), published, key)), "the record holds", sep="\n")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, InvalidSignature) as error:
        sys.exit(f"DOES NOT HOLD: {type(error).__name__} {error}")
