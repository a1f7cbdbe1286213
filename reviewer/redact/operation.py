"""What becomes of one place of a text: one row of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.redact.burning.places import says_code, says_text
from reviewer.redact.masks import How
from reviewer.terms import Action, Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What becomes of one place: half-open code points of the text that was read, and what they turn into.

    `action` is what the finding asks for; `hidden`: the place goes with what is hidden, whatever its mask.
    `outline` shows the text as far as a report may. `heading`: not a datum, but what stands above a column of them.
    """

    start: int
    end: int
    how: How
    mask: str
    place: str
    hidden: bool
    rule: str
    type: str
    category: Category
    action: Action
    basis: tuple[str, ...]
    outline: str
    group: str | None = None
    heading: bool = False

    @property
    def is_final(self) -> bool:
        """Whether the verdict cannot be changed by an edit: what may be a state secret is for people to decide."""
        return self.action is Action.BLOCK or self.category is Category.STATE_SECRET

    @property
    def is_in_picture(self) -> bool:
        """Whether the place is in the pixels of a picture."""
        return says_text(self.place) or says_code(self.place)
