r"""The table of destinations: which control words begin one, what its text is, and who reads it when it ends.

RTF 1.9.1, "Destinations"; [MS-OXRTFEX] for `htmltag`. A destination after `\*` that is not here is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reviewer.extract.rtf import facts, leftovers, notes, objects, pictures, shapes
from reviewer.extract.rtf.desk import Desk, Destination, Mode

Act = Callable[[Desk, Destination], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a destination is treated; `owns`: it has a flow of its own, which `begin` makes.

    No flow begins in captured text: no program shows what stands there.
    """

    mode: Mode
    begin: Act | None = None
    end: Act | None = None
    owns: bool = False


def _flow(begin: Act, end: Act | None = None) -> Kind:
    return Kind(mode=Mode.FLOW, begin=begin, end=end, owns=True)


def _capture(end: Act) -> Kind:
    return Kind(mode=Mode.CAPTURE, end=end)


def _data(end: Act) -> Kind:
    return Kind(mode=Mode.DATA, end=end)


_THROUGH = Kind(mode=Mode.FLOW)
UNKNOWN = _capture(leftovers.read_unknown)

DESTINATIONS: Mapping[bytes, Kind] = {
    **dict.fromkeys((word.encode() for word in facts.PROPERTIES), _capture(facts.read_property)),
    **dict.fromkeys((word.encode() for word in notes.MARGINS), _flow(notes.begin_margin)),
    **dict.fromkeys(
        # Wrappers: what is in them is text of the flow around them.
        (
            *(b"field", b"fldrslt", b"object", b"result", b"shppict", b"nonshppict", b"listpicture", b"shpinst"),
            *(b"shpgrp", b"do", b"nesttableprops", b"listtext", b"pntext", b"moMath", b"moMathPara", b"mmathPict"),
        ),
        _THROUGH,
    ),
    **dict.fromkeys((b"fontemb", b"fontfile", b"themedata", b"svb"), _data(leftovers.read_blob)),
    **dict.fromkeys((b"leveltext", b"pntxta", b"pntxtb"), _capture(facts.read_list_sign)),
    **dict.fromkeys((b"xe", b"tc", b"tcn", b"rxe", b"txe"), _capture(facts.read_index_entry)),
    **dict.fromkeys((b"ffdeftext", b"ffformat", b"ffhelptext", b"ffstattext", b"ffl"), _capture(facts.read_form_text)),
    **dict.fromkeys((b"bkmkstart", b"bkmkend", b"ffname"), _capture(facts.read_bookmark)),
    **dict.fromkeys((b"template", b"subdocument", b"NeXTGraphic"), _capture(facts.read_template)),
    **dict.fromkeys((b"staticval", b"linkval"), _capture(facts.read_custom)),
    **dict.fromkeys((b"revtbl", b"protusertbl"), _capture(facts.read_authors)),
    b"background": Kind(mode=Mode.FLOW, begin=shapes.begin_background),
    b"upr": _capture(leftovers.read_ansi),
    b"info": UNKNOWN,
    b"fonttbl": _capture(facts.read_fonts),
    b"falt": _capture(facts.read_fonts),
    b"fname": _capture(facts.read_fonts),
    b"colortbl": UNKNOWN,
    b"stylesheet": _capture(facts.read_styles),
    b"docvar": _capture(facts.read_variable),
    b"propname": _capture(facts.begin_custom),
    b"userprops": UNKNOWN,
    b"atnauthor": _capture(facts.read_commentator),
    b"footnote": _flow(notes.begin_note),
    b"annotation": _flow(notes.begin_comment),
    b"fldinst": _capture(facts.read_code),
    b"datafield": _data(facts.read_field_data),
    b"shp": Kind(mode=Mode.FLOW, begin=shapes.begin_shape, end=shapes.end_shape),
    b"shptxt": _flow(shapes.begin_box, shapes.end_box),
    b"dptxbxtext": _flow(shapes.begin_box, shapes.end_box),
    b"shprslt": _capture(shapes.read_copy),
    b"sn": _capture(shapes.read_key),
    b"sv": _capture(shapes.read_value),
    b"picprop": Kind(mode=Mode.CAPTURE, begin=shapes.begin_shape, end=shapes.end_shape),
    b"pict": _data(pictures.read_picture),
    b"objdata": _data(objects.read_object),
    b"objclass": _capture(objects.read_class),
    **dict.fromkeys((b"objname", b"atrfstart", b"atrfend", b"atndate", b"atntime", b"listname"), UNKNOWN),
    b"datastore": _data(leftovers.read_store),
    b"htmltag": Kind(mode=Mode.CAPTURE),
}
"""Control word → what begins there."""
