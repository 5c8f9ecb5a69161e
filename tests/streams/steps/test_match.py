import pytest

from streams.brands import Brand
from streams.records import BrandHit
from streams.steps.match import ALL_BRANDS, BrandMatcher

BRANDS = (
    Brand(name="云朵面膜", aliases=("云朵家",), products=("夜修面膜",), none=("云朵面包",)),
    Brand(name="vivo"),
    Brand(name="山谷", any=("山谷拿铁",), all=("咖啡",)),
)


def matched(text: str) -> tuple[str, ...]:
    return tuple(hit.brand for hit in BrandMatcher(BRANDS, str).match(text))


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("云朵面膜真好用", ("云朵面膜",)),
        ("云朵家的夜修面膜", ("云朵面膜",)),
        ("云朵家和云朵面包联名", ()),
        ("新买的VIVO很卡", ("vivo",)),
        ("vivofit手环", ()),
        ("我的vivo，坏了", ("vivo",)),
        ("山谷里风很大", ()),
        ("山谷的咖啡", ("山谷",)),
        ("山谷拿铁不错", ()),
        ("云朵家旁边开了山谷咖啡", ("云朵面膜", "山谷")),
        ("今天天气不错", ()),
        ("", ()),
    ],
)
def test_a_text_is_about_the_brands_whose_query_it_meets(text: str, brands: tuple[str, ...]) -> None:
    assert matched(text) == brands


def test_a_hit_names_the_product_and_the_terms() -> None:
    assert BrandMatcher(BRANDS, str).match("云朵家的夜修面膜") == (
        BrandHit("云朵面膜", products=("夜修面膜",), terms=("云朵家", "夜修面膜")),
    )


def test_terms_pass_the_normalisation_that_texts_pass() -> None:
    matcher = BrandMatcher((Brand(name="雲朵"),), lambda text: text.replace("雲", "云"))
    assert [hit.brand for hit in matcher.match("云朵")] == ["雲朵"]


def test_a_term_shared_by_two_brands_finds_both() -> None:
    matcher = BrandMatcher((Brand(name="甲", any=("联名",)), Brand(name="乙", any=("联名",))), str)
    assert [hit.brand for hit in matcher.match("联名款")] == ["甲", "乙"]


def test_without_brands_a_mention_is_about_what_was_searched_for() -> None:
    matcher = BrandMatcher((), str)
    assert matcher.match("随便什么", "防晒霜") == (BrandHit("防晒霜"),)
    assert matcher.match("随便什么") == (BrandHit(ALL_BRANDS),)
