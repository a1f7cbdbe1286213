"""Pictures in a package, by the names of its members."""

from __future__ import annotations

from reviewer.extract import pictures
from reviewer.extract.package import Archive
from reviewer.extract.pictures import is_picture


class Pictures:
    """The pictures of one file, numbered in the order in which a reader meets them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pictures = pictures.Pictures(archive.scribe)

    def placed(self, name: str, near: str) -> None:
        """The picture of this member stands near this place."""
        data = self._archive.data(name)
        if data is not None:
            self.shown(data, near)

    def shown(self, data: bytes, near: str) -> None:
        """A picture by its bytes."""
        self._pictures.placed(data, near)

    def page(self, name: str, place: str, otherwise: str) -> bool:
        """A picture that is all there is on a page; see Pictures.page."""
        data = self._archive.data(name)
        return data is not None and self._pictures.page(data, place, otherwise)

    def leftover(self) -> None:
        """Pictures that lie in the file without standing anywhere."""
        members = [member for member in self._archive.unread() if is_picture(member.name)]
        self._pictures.leftover(data for data in map(self._archive.member_data, members) if data is not None)

    def thumbnail(self, name: str, data: bytes) -> None:
        """The picture of the first page."""
        self._pictures.thumbnail(data, name, of_slides=False)
