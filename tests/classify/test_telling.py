"""Whether a text tells a claim: the usual ways to say it are told, another figure, name or unit is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spectool.classify.telling import is_told

TOLD: dict[str, tuple[str, str]] = {
    "a number as it is": ("1250", "The total is 1250."),
    "thousands with commas": ("1250", "It comes to 1,250 in all."),
    "millions with commas": ("3400000", "Its population is 3,400,000."),
    "thousands with spaces": ("1250", "It comes to 1 250 in all."),
    "thousands with thin spaces": ("1250", "It comes to 1\u202f250 in all."),
    "thousands with apostrophes": ("1250", "It comes to 1'250 in all."),
    "continental points and comma": ("1250.5", "Das sind 1.250,50 insgesamt."),
    "a claim with a comma, said without": ("1,250 km", "The distance is 1250 km."),
    "trailing zeros": ("4.2", "The average is 4.20."),
    "a whole number with a point": ("12", "It takes 12.0 of them."),
    "millions in a word": ("3400000", "About 3.4 million people live there."),
    "thousands by k": ("12000", "It has 12k followers."),
    "a number in words": ("3", "There are three of them."),
    "one": ("1", "There is only one."),
    "one and its noun": ("1 patent", "I found one patent."),
    "a large number in words": ("1250", "It is one thousand two hundred and fifty."),
    "hundreds beyond ten": ("1250", "It is twelve hundred and fifty."),
    "a hyphenated number": ("21", "Twenty-one patents were found."),
    "a dozen": ("12", "There are a dozen of them."),
    "a decimal in words": ("2.5", "Its rating is two point five."),
    "a half": ("2.5", "It takes two and a half hours."),
    "a fraction sign": ("2.5 h", "It takes 2½ hours."),
    "nothing at all": ("0", "I found none."),
    "no such thing": ("0", "There are no patents of that class."),
    "not any": ("0", "There aren't any patents of that class."),
    "a negative number": ("-3.5", "The low was \u22123.5 °C."),
    "minus as a word": ("-3.5", "The low was minus 3.5 degrees."),
    "a currency sign before": ("12.50 USD", "It costs $12.50."),
    "a currency as a word": ("12.50 EUR", "It costs 12.50 euros."),
    "a currency code before": ("€1,200", "The price: EUR 1,200."),
    "millions of a currency": ("$3.4 million", "It raised $3.4M."),
    "percent as a word": ("45%", "That is 45 percent."),
    "per cent": ("45 %", "That is 45 per cent."),
    "the unit in full": ("1,250 km", "The distance is 1,250 kilometres."),
    "American spelling": ("1,250 kilometres", "It is 1,250 kilometers away."),
    "the unit attached": ("1250 km", "It is 1250km away."),
    "the unit unsaid": ("1,250 km", "The distance is 1,250."),
    "the same quantity in a smaller unit": ("1.25 km", "It is 1,250 m long."),
    "a duration in hours and minutes": ("90 minutes", "The film runs for 1 hour and 30 minutes."),
    "a duration in short": ("90 min", "The film runs for 1h 30m."),
    "an hour and a half": ("90 minutes", "It takes an hour and a half."),
    "half an hour": ("30 min", "It takes half an hour."),
    "a week in days": ("7 days", "It takes a week."),
    "a year and months": ("15 months", "It lasts 1 year and 3 months."),
    "degrees Celsius": ("21 °C", "It will be 21 degrees Celsius."),
    "a speed": ("90 km/h", "The limit is 90 kilometres per hour."),
    "an ISO date": ("2019-03-04", "It was filed on 2019-03-04."),
    "day and month in words": ("2019-03-04", "It was filed on 4 March 2019."),
    "month first": ("2019-03-04", "It was filed on March 4, 2019."),
    "with an ordinal": ("2019-03-04", "It was filed on March 4th, 2019."),
    "the day of": ("2019-03-04", "It was filed on the 4th of March, 2019."),
    "an ordinal in words": ("2019-03-04", "It was filed on the fourth of March 2019."),
    "a month cut short": ("2019-03-04", "Filed: 4 Mar. 2019"),
    "with its weekday": ("2019-03-04", "It was filed on Monday, 4 March 2019."),
    "slashes, either way": ("2019-03-04", "It was filed on 3/4/2019."),
    "points": ("2019-03-04", "Eingereicht am 04.03.2019."),
    "the year said elsewhere": ("2019-03-04", "In 2019 it was filed, on 4 March."),
    "May is a month": ("2019-05-03", "It was filed on 3 May 2019."),
    "a claim in words, said in figures": ("4 March 2019", "It was filed on 2019-03-04."),
    "only the year asked for": ("2019", "It was filed on 4 March 2019."),
    "month and year": ("2019-03", "It was filed in March 2019."),
    "a time in the afternoon": ("14:30", "It leaves at 2:30 pm."),
    "a time with points": ("14:30", "It leaves at 2:30 p.m. from gate 4."),
    "a full hour": ("09:00", "It leaves at 9 am."),
    "a time in the evening": ("20:15", "It starts at 8:15 in the evening."),
    "noon": ("12:00", "The tour starts at noon."),
    "a moment of date and time": ("2027-03-04T14:30", "It leaves on 4 March 2027 at 14:30."),
    "a name": ("Lena Doyle", "The inventor is Lena Doyle."),
    "a name in another case": ("Lena Doyle", "inventor: LENA DOYLE"),
    "a name turned round": ("Lena Doyle", "Doyle, Lena is the inventor."),
    "with a middle initial": ("Lena Doyle", "The inventor is Lena M. Doyle."),
    "a product in small letters": ("Shock-proof foam sheet", "It is a shock-proof foam sheet."),
    "after a denial of something else": ("Shock-proof foam sheet", "It has not been extended: Shock-proof foam sheet."),
    "a possessive": ("Lena Doyle", "It is Lena Doyle's patent."),
    "in bold": ("Lena Doyle", "The inventor is **Lena Doyle**."),
    "a name with accents, said without": ("Zoë Müller", "The inventor is Zoe Muller."),
    "a name with a small word": ("Bank of Ulm", "It belongs to the Bank of Ulm."),
    "a name with an ampersand": ("Kerr & Sons", "It belongs to Kerr and Sons."),
    "a name with an apostrophe": ("O'Hare", "You land at O\u2019Hare."),
    "a name with a denial in it": ("Wolves Do Not Sign", "They made Ghost Stories; Wolves Do Not Sign."),
    "a name with a number word in it": ("Seventeen Kites", "They made *Seventeen Kites*."),
    "a name with a number": ("12 Tall Men", "It is '12 Tall Men' (2019)."),
    "a name with a letter of its own": ("Launch Site A", "It starts from launch site A."),
    "a title in small letters": ("Cheese board in harsh light", "It is called *Cheese board in harsh light*."),
    "a statement that begins large": ("The booking is cancelled", "Your booking was cancelled."),
    "a name without its article": ("The Weather Smugglers", "It is called Weather Smugglers."),
    "a company with its legal form": ("Northmark", "It belongs to Northmark Inc."),
    "a name before a label": ("Lena Doyle", "Inventor: Lena Doyle Filed: 2019-03-04"),
    "a name in capitals in a shouted line": ("Lena Doyle", "INVENTOR LENA DOYLE FILED IN 2019"),
    "a name before a number of things": ("Lena Doyle", "Of Lena Doyle 3 patents are known."),
    "a place with its country": ("Ulm, Germany", "It is in Ulm, Germany."),
    "an abbreviated saint": ("St Mary", "It is St. Mary's."),
    "a country code": ("US", "Its office is US."),
    "an id": ("US9013710", "It is patent us9013710."),
    "an id in groups": ("US9013710", "It is patent US 9013710."),
    "an id with a hyphen": ("BK-2041", "Your booking is BK2041."),
    "an id in code marks": ("BK-2041", "Your booking is `BK-2041`."),
    "an ordinal": ("3rd", "It finished third."),
    "an ordinal in figures": ("third", "It finished 3rd."),
    "the plural for the singular": ("3 patents", "There is a list: 3 patent documents, patents all."),
    "a noun unsaid": ("3 patents", "Three."),
    "a noun unsaid, and more": ("3 patents", "There are 3 in total."),
    "a table": ("1250", "| from | to | km |\n|---|---|---|\n| Ulm | Bonn | **1,250** |"),
    "a list": ("Lena Doyle", "1. Lena Doyle\n2. Max Roth"),
    "a label": ("the total is 40", "Total: 40"),
    "a status": ("granted", "Its status is **Granted**."),
    "a status with an underscore": ("on_hold", "The order is on hold."),
    "a denied status as claimed": ("not granted", "It has not been granted."),
    "a statement, its words apart": ("the booking is cancelled", "Your booking BK-2041 in Porto was cancelled."),
    "over two sentences": ("Lena Doyle has 3 patents", "The inventor is Lena Doyle. In the register she has 3 patents."),
    "the right one of two": ("Lena Doyle has 3 patents", "Lena Doyle has 3 patents and Max Roth has 5 patents."),
    "an email address": ("lena@doyle.org", "Write to lena@doyle.org."),
    "a link": ("Lena Doyle", "See [Lena Doyle](https://example.org/p/1)."),
    "line ends as JSON escapes them": ("1286", r'{"say": "Total: $1,286\n\nNotes: none"}'),
    "units in LaTeX": ("1,250 km", r"The distance is $1250 \text{ km}$."),
    "LaTeX": ("1250", "The total is $1{,}250$."),
}
NOT_TOLD: dict[str, tuple[str, str]] = {
    "another number": ("1250", "The total is 1350."),
    "a part of a longer number": ("250", "The total is 1,250."),
    "the beginning of a longer number": ("12", "The total is 1250."),
    "a power of ten off": ("1250", "The total is 12,500."),
    "another decimal": ("4.2", "The average is 4.3."),
    "rounded": ("4.2", "The average is about 4."),
    "the digits of an id": ("9013710", "It is patent US9013710."),
    "the day of a date": ("4", "It was filed on 4 March 2019."),
    "the hour of a time": ("14", "It leaves at 14:30."),
    "the number of a list item": ("2", "1. Lena Doyle\n2. Max Roth\n"),
    "the number of a footnote": ("2", "The inventor is Lena Doyle [2]."),
    "an ordinal for a number": ("3", "It finished 3rd."),
    "a number for an ordinal": ("3rd", "There are 3 of them."),
    "without its sign": ("-3.5", "The low was 3.5 °C."),
    "a range for a negative number": ("-5", "It takes 3-5 days."),
    "denied": ("1250", "The total is not 1,250."),
    "instead of": ("1250", "It is 1,350 instead of 1,250."),
    "rather than": ("Lena Doyle", "It is Max Roth rather than Lena Doyle."),
    "something instead of nothing": ("0", "There are 5 of them."),
    "no, and then a number": ("0", "No, there are 5 of them."),
    "no problem": ("0", "No problem! There are 5 of them."),
    "nothing instead of something": ("5", "There are none."),
    "another number in words": ("3", "There are thirteen of them."),
    "one as a pronoun": ("1", "The one you want has 5 claims."),
    "one as anybody": ("1", "One can cancel until 5 days before."),
    "one of several": ("1", "One of the 5 patents is granted."),
    "tens without their ones": ("20", "Twenty-one patents were found."),
    "hundreds without the rest": ("1000", "It is one thousand two hundred and fifty."),
    "thousands for millions": ("3400000", "About 3.4 thousand people live there."),
    "another currency": ("12.50 USD", "It costs €12.50."),
    "another currency in words": ("12.50 USD", "It costs 12.50 pounds."),
    "another unit": ("1,250 km", "The distance is 1,250 miles."),
    "metres for kilometres": ("1,250 km", "The distance is 1,250 m."),
    "percent for degrees": ("45%", "It is 45 degrees."),
    "minutes of a longer time": ("30 minutes", "It runs for 1 hour and 30 minutes."),
    "hours for minutes": ("90 minutes", "It runs for 90 hours."),
    "another duration": ("90 minutes", "It runs for 1 hour and 40 minutes."),
    "another day": ("2019-03-04", "It was filed on 5 March 2019."),
    "another month": ("2019-03-04", "It was filed on 4 May 2019."),
    "another year": ("2019-03-04", "It was filed on 4 March 2018."),
    "no year anywhere": ("2019-03-04", "It was filed on 4 March."),
    "no day": ("2019-03-04", "It was filed in March 2019."),
    "only the year": ("2019-03-04", "It was filed in 2019."),
    "another year, the date without one": ("2019-03-04", "In 2018 it was filed, on 4 March."),
    "another month of that year": ("2019-03", "It was filed in May 2019."),
    "the morning for the afternoon": ("14:30", "It leaves at 2:30 am."),
    "half of the day unsaid": ("14:30", "It leaves at 2:30."),
    "another minute": ("14:30", "It leaves at 14:35."),
    "another name": ("Lena Doyle", "The inventor is Max Roth."),
    "another first name": ("Lena Doyle", "The inventor is Lara Doyle."),
    "only the last name": ("Lena Doyle", "The inventor is Doyle."),
    "the parts of two names": ("Lena Doyle", "The inventors are Lena Park and Max Doyle."),
    "the parts of two sentences": ("Lena Doyle", "It was Lena. Doyle was not asked."),
    "the parts of two products": ("Shock-proof foam sheet", "Here they are: waterproof foam sheet; Shock-proof tower damper."),
    "a product whose parts stand apart": ("Shock-proof foam sheet", "The foam is shock-proof, and it comes with a sheet."),
    "a longer last name": ("Lena Adam", "The inventor is Lena Adams."),
    "a denied name": ("Lena Doyle", "The inventor is not Lena Doyle."),
    "a longer product name": ("Skadi 2", "It is the Skadi 2 Heavy."),
    "a longer name with a number": ("Hokuto", "It is the Hokuto 7."),
    "a longer name with a hyphen": ("Lena Doyle", "The inventor is Lena Doyle-Smith."),
    "the parts of two titles": ("Cheese board in harsh light", "They are: Cable car in harsh light; Cheese board after rain."),
    "another letter": ("Launch Site A", "It starts from Launch Site B."),
    "the number of a name": ("Seventeen Kites", "There are seventeen."),
    "the number of a name in figures": ("12 Tall Men", "There are 12."),
    "a word like a country code": ("US", "Let us know."),
    "another id": ("US9013710", "It is patent US9013711."),
    "a longer id": ("BK-20", "Your booking is BK-20-41."),
    "an id with more digits": ("US901371", "It is patent US9013710."),
    "an id with another country": ("US9013710", "It is patent EP9013710."),
    "a denied status": ("granted", "It was not granted."),
    "a denied status, a word between": ("granted", "It has not yet been granted."),
    "a shortened denial": ("granted", "It wasn't granted."),
    "a claimed denial, not said": ("not granted", "It was granted."),
    "another status": ("granted", "It is pending."),
    "a statement of something else": ("the booking is cancelled", "Your booking is confirmed."),
    "another figure for the same thing": ("the total is 40", "The total is 45."),
    "the figure of another thing": ("the total is 40", "The total is 45. Your table is number 40."),
    "a count of a part": ("3 patents", "There are 5 patents, 3 of which are granted."),
    "a count of other things": ("3 patents", "I searched 3 databases."),
    "the wrong one of two": ("Lena Doyle has 3 patents", "Lena Doyle has 5 patents and Max Roth has 3 patents."),
    "a word that is not there": ("refundable", "You may fly tomorrow."),
    "a word within a longer word": ("grant", "It was granted."),
    "nothing said": ("1250", ""),
    "a refusal": ("Lena Doyle", "I'm sorry, I can't help with that."),
    "the call instead of an answer": ("Lena Doyle", '{"name": "get_patent", "arguments": {"patent_id": "US9013710"}}'),
}


@pytest.mark.parametrize(("claim", "said"), TOLD.values(), ids=TOLD)
def test_told(claim: str, said: str) -> None:
    assert is_told(claim, said)


@pytest.mark.parametrize(("claim", "said"), NOT_TOLD.values(), ids=NOT_TOLD)
def test_not_told(claim: str, said: str) -> None:
    assert not is_told(claim, said)


@pytest.mark.parametrize("claim", [claim for claim, _ in TOLD.values()])
def test_a_claim_tells_itself(claim: str) -> None:
    assert is_told(claim, claim)
    assert is_told(claim, f"Here you are: {claim}.")


@given(st.text(), st.text())
def test_any_text_is_judged(claim: str, said: str) -> None:
    assert is_told(claim, said) in (True, False)


@given(st.integers(0, 10**14 - 1), st.integers(0, 10**14 - 1))
@example(999_999_999, 1_000_000_000)
@example(99_999_999_999_998, 99_999_999_999_999)
def test_a_number_tells_itself_with_thousands_apart_and_no_other_number(claim: int, said: int) -> None:
    assert is_told(str(claim), f"The total is {claim:,}.")
    assert is_told(str(claim), f"The total is {said:,}.") is (claim == said)


@pytest.mark.parametrize(
    "piece", ["1,", "1.111", "111,111", "may 3 ", "1:1:", "[a](", "-", "not ", "1 h 30 ", "twenty ", "((((", "half an "]
)
def test_a_hostile_text_tells_nothing(piece: str) -> None:
    assert not is_told("Lena Doyle has 77 patents", piece * 50_000)
    assert not is_told("Lena Doyle", f"Lena {piece}" * 50_000)
