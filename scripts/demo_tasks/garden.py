"""Garden and weather: beds, watering and forecasts of an allotment."""

from scripts.demo_tasks.notation import (
    Domain,
    array,
    choice,
    either,
    fails,
    flag,
    irrelevance,
    multi_step,
    multiple,
    number,
    optional,
    parallel,
    reads,
    record,
    reply,
    set_of,
    simple,
    text,
    want,
    whole,
    writes,
)

_TOWN = "Town name only, no country."
_DATE = "ISO date, YYYY-MM-DD."

TOOLS = dict(
    (
        reads(
            "get_forecast",
            "Weather of the coming days.",
            town=text(_TOWN),
            days=whole("Days from today on.", default=3, minimum=1, maximum=10),
            units=choice("Units.", "metric", "imperial", default="metric"),
        ),
        reads(
            "get_rainfall",
            "Rain that has fallen between two days.",
            town=text(_TOWN),
            start=text(_DATE),
            end=text(_DATE),
        ),
        writes(
            "water_bed",
            "Water a bed now.",
            bed_id=whole("Number of the bed."),
            litres=number("Litres of water.", minimum=0.5),
        ),
        writes(
            "schedule_watering",
            "Water beds regularly.",
            bed_ids=array("Numbers of the beds.", whole(""), minItems=1),
            time=text("24-hour time, HH:MM."),
            every_days=whole("1 is daily, 2 is every other day, and so on.", default=1),
            skip_if_rain=flag("Skip on rainy days.", default=True),
        ),
        writes(
            "plan_sowing",
            "Enter a sowing in the plan.",
            plant=text("Plant, singular, lower case."),
            bed_id=whole("Number of the bed."),
            date=text(_DATE),
            spacing_cm=optional(number("Distance between plants in centimetres.")),
        ),
        reads(
            "find_beds",
            "List beds with number, light and what grows there.",
            light=choice("Light.", "sun", "half_shade", "shade", "any", default="any"),
            empty_only=flag("Only empty beds.", default=False),
        ),
        writes(
            "log_harvest",
            "Note a harvest.",
            plant=text("Plant, singular, lower case."),
            weight_kg=number("Weight in kilograms."),
            quality=optional(choice("How good.", "poor", "fair", "good", "excellent")),
        ),
        writes(
            "order_seeds",
            "Order seeds.",
            items=array("What to order.", record("", plant=text("Plant, singular, lower case."), packets=whole("How many packets."))),
            organic=flag("Organic seed only.", default=False),
        ),
        writes(
            "set_frost_alert",
            "Warn when it gets cold.",
            town=text(_TOWN),
            below_celsius=number("Threshold in degrees Celsius."),
            channel=choice("How.", "sms", "email", "app", default="app"),
        ),
    )
)

_FREE = {"bed_id": 14, "light": "sun", "plant": None}
_FULL = {"bed_id": 2, "light": "sun", "plant": "onion"}
_DARK = {"bed_id": 11, "light": "shade", "plant": None}

_CASES = (
    simple(
        "Text me when it drops below minus two in Harrowfield tonight or any night.",
        want("set_frost_alert", town="Harrowfield", below_celsius=-2, channel="sms"),
    ),
    simple(
        "We dug up 3,400 grams of potatoes today. Quality? Excellent, I'd say!",
        want("log_harvest", plant="potato", weight_kg=3.4, quality="excellent"),
    ),
    simple(
        "Beds 4, 7 and 9 should get water every other morning at half past five, even when it rains, they're under glass.",
        want("schedule_watering", bed_ids=set_of(4, 7, 9), time="05:30", every_days=2, skip_if_rain=False),
    ),
    simple(
        "Order two packets of basil and one of leek. It must all be organic.",
        want(
            "order_seeds",
            items=set_of({"plant": "basil", "packets": 2}, {"plant": "leek", "packets": 1}),
            organic=True,
        ),
    ),
    multiple(
        "How much rain did Brookhythe get in the first two weeks of February 2027, that is from the 1st to the 14th?",
        want("get_rainfall", town="Brookhythe", start="2027-02-01", end="2027-02-14"),
        offered="get_forecast get_rainfall water_bed set_frost_alert",
    ),
    multiple(
        "What will the weather be like in Brookhythe over the next week? Seven days, and in Fahrenheit and inches for my American guest.",
        want("get_forecast", town="Brookhythe", days=7, units="imperial"),
        offered="get_forecast get_rainfall set_frost_alert schedule_watering",
    ),
    multiple(
        "Bed twelve looks thirsty, give it a good 7.5 litres straight away.",
        want("water_bed", bed_id=12, litres=7.5),
        offered="water_bed schedule_watering find_beds get_rainfall log_harvest",
    ),
    multiple(
        "Carrots go into bed 3 on the 20th of March 2027, and leave two inches (that's 5 cm) between them.",
        want("plan_sowing", plant="carrot", bed_id=3, date="2027-03-20", spacing_cm=5),
        offered="plan_sowing order_seeds log_harvest find_beds water_bed schedule_watering",
    ),
    multiple(
        "Where could I still put something that can't stand the sun? Only beds with nothing in them, full shade.",
        want("find_beds", light="shade", empty_only=True),
        offered="find_beds plan_sowing get_forecast order_seeds",
    ),
    parallel(
        "Ten litres for bed 1, five for bed 2, two and a half for bed 6, now please.",
        want("water_bed", bed_id=1, litres=10),
        want("water_bed", bed_id=2, litres=5),
        want("water_bed", bed_id=6, litres=2.5),
        offered="water_bed schedule_watering",
    ),
    parallel(
        "Where should we go? A three-day forecast for Harrowfield, and the same for Brookhythe and Upper Sedge, please.",
        want("get_forecast", town="Harrowfield", days=3),
        want("get_forecast", town="Brookhythe", days=3),
        want("get_forecast", town="Upper Sedge", days=3),
        offered="get_forecast get_rainfall",
    ),
    parallel(
        "Harvest diary: 1.2 kilos of spinach (fair), half a kilo of radishes (good).",
        want("log_harvest", plant="spinach", weight_kg=1.2, quality="fair"),
        want("log_harvest", plant="radish", weight_kg=0.5, quality="good"),
        offered="log_harvest plan_sowing order_seeds",
    ),
    irrelevance(
        "There's a mole digging up my lawn. Call the pest control people and have them come by.",
        offered="water_bed find_beds log_harvest set_frost_alert",
    ),
    irrelevance(
        "What's a good vegetarian recipe for two kilos of courgettes?",
        offered="log_harvest plan_sowing order_seeds get_forecast",
    ),
    multi_step(
        "Find me an empty bed in full sun and plan tomatoes there for 15 May 2027.",
        (
            want("find_beds", light=either("sun", "any"), empty_only=either(True, False)),
            want("plan_sowing", plant="tomato", bed_id=14, date="2027-05-15"),
        ),
        offered="find_beds plan_sowing schedule_watering order_seeds",
        script=(
            reply("find_beds", {"beds": [_FREE]}, light="sun", empty_only=True),
            reply("find_beds", {"beds": [_FULL, _FREE]}, light="sun"),
            reply("find_beds", {"beds": [_DARK, _FREE]}, empty_only=True),
            reply("find_beds", {"beds": [_FULL, _DARK, _FREE]}),
            reply("plan_sowing", {"status": "planned"}, plant="tomato", bed_id=14, date="2027-05-15"),
        ),
    ),
    multi_step(
        "How much rain fell in Upper Sedge from 22 to 28 February 2027? If it was less than 5 millimetres, give bed 8 twenty litres now.",
        (
            want("get_rainfall", town="Upper Sedge", start="2027-02-22", end="2027-02-28"),
            want("water_bed", bed_id=8, litres=20),
        ),
        offered="get_rainfall get_forecast water_bed schedule_watering",
        script=(
            reply("get_rainfall", {"town": "Upper Sedge", "millimetres": 1.8}, town="Upper Sedge", start="2027-02-22", end="2027-02-28"),
            reply("water_bed", {"bed_id": 8, "status": "valve opened, flow not measured yet"}, bed_id=8, litres=20),
        ),
        traits="repeat",
    ),
    multi_step(
        "Order three packets of okra, organic. If organic okra is sold out, order the same without the organic condition. "
        "Then plan the okra for bed 5 on 1 June 2027.",
        (
            want("order_seeds", items=[{"plant": "okra", "packets": 3}], organic=True),
            want("order_seeds", items=[{"plant": "okra", "packets": 3}]),
            want("plan_sowing", plant="okra", bed_id=5, date="2027-06-01"),
        ),
        offered="order_seeds plan_sowing find_beds",
        script=(
            fails("order_seeds", "okra, organic: sold out", items=[{"plant": "okra", "packets": 3}], organic=True),
            reply("order_seeds", {"order": "SD-310", "status": "sent"}, items=[{"plant": "okra", "packets": 3}]),
            reply("plan_sowing", {"status": "planned"}, plant="okra", bed_id=5, date="2027-06-01"),
        ),
        mode="unordered",
        traits="recovery",
    ),
)

DOMAIN = Domain(
    name="garden",
    system="You look after the beds of an allotment garden with the tools offered. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
