"""The pictures of the README show what the program writes now."""

import runpy

from tests.program import ROOT

PICTURES = ROOT / "docs" / "pictures"


def test_the_pictures_are_current() -> None:
    made = runpy.run_path(str(PICTURES / "make.py"))["pictures"]()
    kept = {path.name: path.read_text(encoding="utf-8") for path in PICTURES.glob("*.svg")}
    assert set(kept) == set(made)
    stale = [name for name in made if made[name] != kept[name]]
    assert not stale, "make pictures"


def test_a_picture_asks_no_other_server() -> None:
    for path in PICTURES.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert "http" not in text.replace("http://www.w3.org/", "").replace("https://www.textualize.io", "")
