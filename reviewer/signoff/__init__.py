"""The approval chain and its record: who said yes to exactly which bytes, provable later and elsewhere.

Read in this order: `act` (what can be said), `case` and `guard` (what follows, what is allowed), `entry` and `ledger`
(how it is kept), `procedure` (how a person does it), `verification` and `record_proof` (how it is proven).
"""
