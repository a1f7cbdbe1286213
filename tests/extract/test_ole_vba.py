"""Macros are read as source, wherever a project stands; what cannot be unpacked is a gap."""

from __future__ import annotations

import pytest
from builders_cfb import compound
from builders_doc import doc, para
from builders_ooxml import Extra, docx
from builders_ppt import Slide, ppt
from builders_vba import pack, project
from hypothesis import given
from hypothesis import strategies as st

from reviewer.extract.docx import read as read_docx
from reviewer.extract.ole import read
from reviewer.extract.ole.doc import read as read_doc
from reviewer.extract.ole.ppt import read as read_ppt
from reviewer.extract.ole.vba import PackedError, unpack
from reviewer.extract.scribe import Extracted
from reviewer.terms import Part

MARK = "青石标记七三九一"
SOURCE = f'Sub Main()\r\n  MsgBox "{MARK}"\r\nEnd Sub\r\n'


def found(extracted: Extracted) -> list[tuple[str, Part, bool]]:
    """Where the mark was read: place, part, hidden or not."""
    return [(s.place, s.part, s.hidden) for s in extracted.segments if MARK in s.text]


@given(st.binary(max_size=300) | st.text("ab", max_size=9000).map(str.encode))
def test_what_was_packed_is_unpacked(data: bytes) -> None:
    assert unpack(pack(b"a" + data)) == b"a" + data


@pytest.mark.parametrize("packed", [b"", b"\x02", b"\x01", b"\x01\x00\x00\x00", b"\x01\x01\xb0\x01\xff\xff"])
def test_what_is_not_packed_is_refused(packed: bytes) -> None:
    with pytest.raises(PackedError):
        unpack(packed)


def test_project_alone() -> None:
    extracted = read(compound(project(Module1=SOURCE, 模块=SOURCE.replace(MARK, "乙"))))
    assert found(extracted) == [("宏/Module1", Part.SCRIPT, True)]
    assert [s.place for s in extracted.segments] == ["宏/Module1", "宏/模块"]
    assert extracted.segments[0].text.startswith('Attribute VB_Name = "Module1"\nSub Main()\n')
    assert extracted.gaps == ()


def test_in_a_document() -> None:
    extracted = read_doc(doc(para("公示"), streams={"Macros": project(ThisDocument="", Module1=SOURCE)}))
    assert found(extracted) == [("宏/Module1", Part.SCRIPT, True)]
    assert extracted.gaps == ()


def test_in_a_presentation() -> None:
    extracted = read_ppt(ppt(Slide(), objects=(compound(project(Module1=SOURCE)),)))
    assert found(extracted) == [("嵌入对象1!宏/Module1", Part.SCRIPT, True)]


def macros(data: bytes) -> bytes:
    """A Word document of the new kind with macros."""
    return docx("<w:p/>", extras=(Extra(name="vbaProject.bin", content=data, kind="vbaProject"),))


def test_in_an_office_package() -> None:
    extracted = read_docx(macros(compound(project(Module1=SOURCE))))
    assert found(extracted) == [("宏/Module1", Part.SCRIPT, True)]
    assert extracted.gaps == ()


@pytest.mark.parametrize(
    "data",
    [b"no project", compound({"Other": b"1"}), compound({"VBA": {"dir": b"", "Module1": b"nothing packed"}})],
)
def test_what_cannot_be_read_is_a_gap(data: bytes) -> None:
    (gap,) = read_docx(macros(data)).gaps
    assert "宏" in gap.reason


def test_module_whose_directory_is_wrong_is_found_by_its_first_line() -> None:
    tree = project(Module1=SOURCE)
    modules = dict(tree["VBA"])
    assert found(read(compound({"VBA": modules | {"dir": b"\x01"}}))) == [("宏/Module1", Part.SCRIPT, True)]


def test_compiled_code_that_says_more_than_its_source_is_told() -> None:
    tree = project(Module1="Sub Main()\r\nEnd Sub\r\n", offset=0)
    modules = dict(tree["VBA"])
    modules["Module1"] += bytes(4) + MARK.encode("gb18030")
    assert found(read(compound({"VBA": modules}))) == [("宏/VBA/Module1", Part.SCRIPT, True)]
