"""Drafts probes: texts that a rule leaves alone only because of one clause, made of the rule's own hits.

    python benchmarks/probe_rules.py > probes.toml && mv probes.toml tests/detect/

A probe is kept when the rule is silent on it and would not be without that clause. It proves that the clause acts, not
that it is right: that is what hits and misses written by people are for. Clauses for which none is found are told on
stderr.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from reviewer.detect import Ruleset, load_ruleset
from reviewer.detect.alone import least, with_rule
from reviewer.detect.concept import Concept, Meeting
from reviewer.detect.expressions import regex
from reviewer.detect.mutation import clauses, mutants
from reviewer.detect.rulebook import lexicon_of, parsed
from reviewer.detect.run import every_finding
from reviewer.detect.specimen import bare, document_of
from reviewer.resources import shipped
from reviewer.terms import DetectorKind, Rule, Specimen

DAY = date(2026, 1, 1)
FILLER = "此处另有与本题无关的若干情况以后再叙"
REMARKS = (
    "，有关情况已经公布",
    "，已在官网发布",
    "，新闻发布会作过介绍",
    "，按规定办理",
    "，应当依规办理",
    "（培训示例）",
)
STATUTES = ("第一条 为了规范工作，制定本办法。\n", "本办法自公布之日起施行，违反的，承担法律责任。\n")
_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9《]{1,8}")
_MOST = 400  # drafts tried for one clause


def main() -> None:
    ruleset = load_ruleset((shipped("rules"),), shipped("models"), cache=None)
    print("# Drafted by benchmarks/probe_rules.py from the hits of rules; tests/detect/test_clauses.py says what for.")
    unproven = {(one.rule, one.name) for one in clauses((shipped("rules"),), ruleset) if not one.proven}
    lexicon = lexicon_of(parsed(shipped("rules")))
    left = 0
    for name, table in parsed(shipped("rules")):
        for entry in table.get("rule", ()):
            rule = ruleset.by_id[entry["id"]]
            for clause, mutant in mutants(entry, lexicon, name):
                if (rule.id, clause) in unproven:
                    text = _probe(ruleset, rule, mutant, clause, entry["match"], lexicon)
                    left += text is None
                    _tell(rule.id, clause, text)
    print(f"{left} of {len(unproven)} not proven", file=sys.stderr)


def _tell(rule: str, clause: str, text: str | None) -> None:
    if text is None:
        print(f"no probe: {rule} {clause}", file=sys.stderr)
        return
    quoted = (json.dumps(part, ensure_ascii=False) for part in (rule, clause, text))
    print("\n[[probe]]\nrule = {}\nclause = {}\nmiss = {}".format(*quoted))


def _probe(
    ruleset: Ruleset,
    rule: Rule,
    mutant: Rule,
    clause: str,
    match: Mapping[str, object],
    lexicon: Mapping[str, list[str]],
) -> str | None:
    """The first draft on which the rule is silent and the mutant is not."""
    among = least(ruleset, rule)
    without = with_rule(among, mutant)
    for number, text in enumerate(_drafts(rule, clause, match, lexicon)):
        if number > _MOST:
            break
        if not _finds(among, rule, text) and _finds(without, mutant, text):
            return text
    return None


def _finds(ruleset: Ruleset, rule: Rule, text: str) -> bool:
    return any(f.rule.id == rule.id for f in every_finding(document_of(Specimen(text=text)), ruleset, DAY).findings)


def _drafts(rule: Rule, clause: str, match: Mapping[str, object], lexicon: Mapping[str, list[str]]) -> Iterator[str]:
    hits = [bare(hit.text) for hit in rule.hits]
    key, _, rest = clause.partition("[")
    if key in ("unless", "unless_line", "unless_document", "benign"):
        entry = cast(Sequence[str], match[key])[int(rest.partition("]")[0])]
        for hit in hits:
            yield from _with_remark(hit, _phrases(entry, lexicon), whole=key == "unless_document")
    elif key == "not_after":
        entry = cast(Sequence[str], match[key])[int(rest.partition("]")[0])]
        for hit in rule.hits:
            yield from (hit.text.replace("⟦", phrase).replace("⟧", "") for phrase in _phrases(entry, lexicon))
            yield from (bare(f"{phrase}{hit.text[hit.text.find('⟦') :]}") for phrase in _phrases(entry, lexicon))
    elif key in ("linked", "require_context", "context") or key.startswith(("window", "after")):
        for hit in rule.hits:
            found = hit.text.partition("⟦")[2].partition("⟧")[0] or hit.text
            yield from (
                found,
                f"办公室{found}",
                f"{FILLER}{found}",
                FILLER.join(re.split("⟦", hit.text)).replace("⟧", ""),
            )
            yield (bare(hit.text.replace("⟦", f"，{FILLER * 3}⟦")))
    elif rule.kind is DetectorKind.CONCEPT:
        meeting = cast(Meeting, rule.match)
        for hit in hits:
            if key == "all":
                yield from _without(hit, meeting.concepts[int(rest.partition("]")[0])])
            elif key.startswith("within"):
                yield from _parted(hit, meeting, "。" if meeting.within == "sentence" else "\n")
            elif key.startswith("reach"):
                yield from _parted(hit, meeting, "（" + FILLER * (meeting.reach // len(FILLER) + 1) + "）")
        if key == "all":
            yield from _composed(hits, meeting, int(rest.partition("]")[0]))


def _phrases(entry: str, lexicon: Mapping[str, list[str]]) -> list[str]:
    """Plain words that an entry of a condition stands for."""
    entries = lexicon[entry[1:]] if entry.startswith("@") else [entry]
    found: list[str] = []
    for one in entries:
        if one.startswith("@"):
            found += _phrases(one, lexicon)
            continue
        pieces = re.sub(r"\(\?[:=!<]+([^()|]*)[^()]*\)\??", r"\1", one.removesuffix("$")).split("|")
        pieces = [piece.strip("()?:$") for piece in pieces]
        found += [piece for piece in pieces if _PLAIN.fullmatch(piece)]
    return found


def _with_remark(hit: str, phrases: Sequence[str], *, whole: bool) -> Iterator[str]:
    if whole:
        yield from (statute + hit for statute in STATUTES)
        yield from (f"{phrase}\n{hit}" for phrase in phrases)
        return
    body, stop = (hit[:-1], hit[-1]) if hit[-1:] in "。；" else (hit, "")
    yield from (body + remark + stop for remark in REMARKS)
    for phrase in phrases:
        yield f"{body}（{phrase}）{stop}"
        yield f"{phrase}：{hit}"
        for at in [match.start() for match in re.finditer("[，。；、]", hit)]:
            yield f"{hit[:at]}（{phrase}）{hit[at:]}"


def _expression(concept: Concept) -> str:
    words = sorted(map(re.escape, concept.words), key=len, reverse=True)
    return "|".join([*words, *([concept.patterns] if concept.patterns else [])])


def _without(hit: str, concept: Concept) -> Iterator[str]:
    """The hit with every match of one concept taken out, or made another word."""
    for other in ("", "某", "有关", "甲"):
        text = hit
        for _ in range(8):
            text = regex(_expression(concept)).sub(other, text)
        yield text


def _parted(hit: str, meeting: Meeting, gap: str) -> Iterator[str]:
    """The hit with a gap in one place, then in two: after a mark, then anywhere."""
    marks = [match.end() for match in re.finditer("[，、：；]", hit)]
    for at in (*marks, *range(2, len(hit) - 1)):
        yield hit[:at].rstrip("，、：；") + gap + hit[at:]
    for word in sorted(meeting.concepts[0].words):
        if word in hit:
            yield hit.replace(word, f"{gap}{word}{gap}")


def _composed(hits: Sequence[str], meeting: Meeting, missing: int) -> Iterator[str]:
    """Words of the other concepts side by side: those of the hits first, then any of their lists."""
    pools = []
    for at, concept in enumerate(meeting.concepts):
        if at != missing:
            said = [match[0] for hit in hits for match in regex(_expression(concept)).finditer(hit) if match[0]]
            plain = [word for word in _phrases(concept.patterns, {}) if regex(concept.patterns).fullmatch(word)]
            pools.append(list(dict.fromkeys([*said, *sorted(concept.words), *plain]))[:60])
    absent = regex(_expression(meeting.concepts[missing]))
    free = [[word for word in pool if not absent.search(word)] for pool in pools]
    if not all(free):
        return
    for turn in range(max(map(len, free))):
        yield "，".join(pool[turn % len(pool)] for pool in free) + "。"


if __name__ == "__main__":
    main()
