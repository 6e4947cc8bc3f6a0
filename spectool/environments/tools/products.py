"""Groceries by their barcode, and by what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import invalid, not_found
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.arguments import Page, PageSize
from spectool.environments.parts.narrowing import between, called, equal, worded
from spectool.environments.parts.ordering import ordered
from spectool.environments.parts.paging import paged

Barcode = Annotated[str, Meta(pattern=r"^[0-9]{13}$", max_length=13)]
Category = Literal["bread", "cereals", "dairy", "drinks", "sauces", "snacks", "spreads", "sweets"]
Allergen = Literal["eggs", "gluten", "milk", "nuts", "peanuts", "sesame", "soy"]
Grams = Annotated[float, Meta(ge=0, le=100)]


class MaxPer100g(Fields, frozen=True, kw_only=True):
    """The most that 100 grams may hold; what is left out may be anything."""

    energy_kcal: Annotated[Annotated[int, Meta(ge=0, le=900)] | None, Meta(description="Energy in kilocalories.")] = None
    sugar_g: Annotated[Grams | None, Meta(description="Sugar in grams.")] = None
    fat_g: Annotated[Grams | None, Meta(description="Fat in grams.")] = None
    salt_g: Annotated[Grams | None, Meta(description="Salt in grams.")] = None


def lookup_barcode(state: State, *, barcode: Barcode) -> Row:
    """The product that a barcode stands for: brand, price in euros, pack size, origin, allergens, and what 100 grams hold.

    Args:
        barcode: EAN-13 barcode: thirteen digits without spaces, as a string.
    """
    row = state["products"].get(barcode)
    if row is not None:
        return row
    if (due := check_digit(barcode[:12])) != barcode[12]:
        raise invalid(f"expected a barcode whose check digit is {due}, got '{barcode}'")
    raise not_found("product of barcode", barcode)


def search_products(
    state: State,
    *,
    words: str | None = None,
    brand: str | None = None,
    category: Category | None = None,
    without_allergens: Annotated[list[Allergen], Meta(min_length=1, max_length=7)] | None = None,
    max_per_100g: MaxPer100g | None = None,
    max_price_eur: Annotated[float, Meta(gt=0, le=1000)] | None = None,
    sort_by: Literal["name", "price_eur", "energy_kcal", "sugar_g"] = "name",
    descending: bool = False,
    page: Page = 1,
    page_size: PageSize = 10,
) -> Mapping[str, Any]:
    """Search groceries. All conditions given must hold; without any, all products are listed.

    Args:
        words: Words that the product's name must hold, in any order and any case.
        brand: Brand in full, in any case.
        category: Kind of product.
        without_allergens: Leave out products with any of these allergens.
        max_per_100g: The most that 100 grams may hold.
        max_price_eur: Highest price of a pack, in euros.
        sort_by: Field to sort by; energy_kcal and sugar_g are those of 100 grams.
        descending: Largest first, or from Z to A.
        page: Page of results, from 1.
        page_size: Products a page.
    """
    found = called(equal(state["products"].rows(), category=category), brand=brand)
    found = worded(between(found, "price_eur", None, max_price_eur), "name", words)
    if without_allergens is not None:
        unwanted = set(without_allergens)
        found = [row for row in found if unwanted.isdisjoint(row["allergens"])]
    if max_per_100g is not None:
        for name in max_per_100g.__struct_fields__:
            found = between(found, name, None, getattr(max_per_100g, name))
    found = ordered(found, sort_by, descending=descending)
    names = ("barcode", "name", "brand", "category", "price_eur", "energy_kcal", "sugar_g")
    result = paged(found, page, page_size, name="products")
    return {**result, "products": [{name: row[name] for name in names} for row in result["products"]]}


def check_digit(digits: str) -> str:
    """The thirteenth digit that makes an EAN-13 of twelve.

    Source: GS1 General Specifications, check digit calculation: weights 1 and 3 in turn from the left, to the next ten.
    """
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)
