from pathlib import Path

import pytest

from streams.brands import Brand, BrandsError, load


def written(folder: Path, text: str) -> Path:
    path = folder / "brands.toml"
    path.write_text(text, "utf-8")
    return path


def test_brands_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[[brands]]\nname = "乙"\nproducts = ["丙"]\n[[brands]]\nname = "甲"\n')
    assert load(path) == (Brand(name="乙", products=("丙",)), Brand(name="甲"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[brands]]\nname = "甲"\nalias = ["乙"]', r"brand 1 \(甲\): unknown key 'alias'; did you mean 'aliases'\?"),
        ("[[brands]]\naliases = []", "brand 1: .*name"),
        ('[[brands]]\nname = " "', "name must not be empty"),
        ('[[brands]]\nname = "甲"\nany = [""]', "any holds an empty term"),
        ('[[brands]]\nname = "甲"\nall = "乙"', r"brand 1 \(甲\): .*all"),
        ('[[brands]]\nname = "甲"\n[[brands]]\nname = "甲"', "'甲' stands there twice"),
        ("[brand]", "unknown key 'brand'"),
        ("brands = [1]", "brand 1: must be a"),
        ("name =", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BrandsError, match=message):
        load(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrandsError, match="gone.toml: cannot be read"):
        load(tmp_path / "gone.toml")
