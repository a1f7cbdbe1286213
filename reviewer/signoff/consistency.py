"""The attribute a document states of itself against the channel and the attribute it is submitted under.

The attribute stands in the 附注 (党政机关公文处理工作条例, 2012); what says 依申请公开 or 不予公开 there is not for a
website.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewer.errors import UsageError
from reviewer.language import tr
from reviewer.signoff.act import Submit
from reviewer.signoff.vocabulary import Attribute, Channel

# The rules that read the attribute, and what it then is.
_STATED: Mapping[str, Attribute] = {
    "work-secret/attribute-on-request": Attribute.ON_REQUEST,
    "work-secret/attribute-not-public": Attribute.NONE,
}
AGREES_ON_REQUEST = "work-secret/attribute-on-request"
"""The rule that says nothing amiss of a package that goes to an applicant only."""

_NOT_FOR_ALL = frozenset({Channel.ON_REQUEST, Channel.OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A file of the package states another attribute than it is submitted under, or than its channel allows."""

    file: str
    place: str
    stated: Attribute
    submitted: Attribute
    channel: Channel

    @property
    def zh(self) -> str:
        """The sentence for the official form."""
        return (
            f"{self.file} {self.place} 写明“{self.stated.zh}”，送审时登记为“{self.submitted.zh}”，"
            f"拟发布渠道“{self.channel.zh}”"
        )

    @property
    def told(self) -> str:
        """The same in the language in use."""
        return tr(
            self.zh,
            f"{self.file} {self.place} says “{self.stated.en}”; submitted as “{self.submitted.en}” for "
            f"“{self.channel.en}”",
        )


def conflicts(act: Submit) -> Iterator[Conflict]:
    """Every place in the package where the stated attribute does not go with the submission."""
    for file in act.screening.files:
        for finding in file.findings:
            stated = _STATED.get(finding.rule)
            if stated is not None and (stated is not act.about.attribute or not suits(stated, act.channel)):
                yield Conflict(
                    file=file.name,
                    place=finding.place,
                    stated=stated,
                    submitted=act.about.attribute,
                    channel=act.channel,
                )


def suits(attribute: Attribute, channel: Channel) -> bool:
    """Whether information of that attribute may appear there; what is for an applicant does not go to everybody."""
    if attribute is Attribute.PROACTIVE:
        return True
    return channel in _NOT_FOR_ALL if attribute is Attribute.ON_REQUEST else channel is Channel.OTHER


def check_words(attribute: Attribute, channel: Channel) -> None:
    """Raises UsageError when the submitter's own words contradict each other."""
    if not suits(attribute, channel):
        raise UsageError(
            tr(
                f"--attribute {attribute.value}（{attribute.zh}）与 --channel {channel.value}（{channel.zh}）矛盾："
                "核对属性，确须公开的由制作单位改定为主动公开；只供申请人的用 --channel on_request",
                f"--attribute {attribute.value} contradicts --channel {channel.value}: have the maker change the "
                "attribute, or use --channel on_request",
            )
        )
