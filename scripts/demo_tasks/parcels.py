"""Parcels: sending, tracking and redirecting with a courier named Swiftmoor."""

from scripts.demo_tasks.notation import (
    Domain,
    array,
    choice,
    either,
    fields,
    flag,
    free,
    irrelevance,
    multi_step,
    multiple,
    number,
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

_ADDRESS = record("Address.", street=text("Street and house number."), postcode=text("Postcode."), town=text("Town."))
_PARCEL = "Parcel number: SW and seven digits."

TOOLS = dict(
    (
        reads(
            "track_parcel",
            "Where a parcel is now.",
            parcel=text(_PARCEL),
            history=flag("Also list all earlier scans.", default=False),
        ),
        reads(
            "track_pallet",
            "Where a freight pallet is now.",
            pallet=text("Pallet number: PL and five digits."),
        ),
        reads(
            "quote_price",
            "Price of sending one parcel.",
            weight_kg=number("Weight in kilograms."),
            size_cm=array("Length, width, height in whole centimetres, in the order given.", whole(""), minItems=3, maxItems=3),
            to_country=text("Two-letter country code, ISO 3166, upper case."),
            service=choice("Speed.", "economy", "standard", "express", default="standard"),
            insured_value=number("Value to insure in euros.", default=0),
        ),
        writes(
            "create_label",
            "Make a label for a parcel within the country.",
            recipient=text("Recipient's full name."),
            address=_ADDRESS,
            weight_kg=number("Weight in kilograms."),
            service=choice("Speed.", "economy", "standard", "express", default="standard"),
        ),
        writes(
            "schedule_pickup",
            "Have parcels collected.",
            date=text("ISO date, YYYY-MM-DD."),
            window=choice("Time of day.", "morning", "midday", "evening"),
            parcels=array("Parcel numbers.", text(""), minItems=1),
        ),
        writes(
            "redirect_parcel",
            "Send a parcel that is under way to a depot instead.",
            parcel=text(_PARCEL),
            depot_id=whole("Depot number."),
        ),
        reads(
            "find_depots",
            "Depots near a postcode, nearest first.",
            postcode=text("Postcode."),
            radius_km=number("Search radius in kilometres.", default=10),
        ),
        writes(
            "file_claim",
            "Claim for a lost or damaged parcel.",
            parcel=text(_PARCEL),
            problem=choice("What happened.", "lost", "damaged", "late", "opened"),
            amount=number("Claimed amount in euros."),
        ),
        writes(
            "set_delivery_note",
            "Tell the driver where to leave a parcel.",
            parcel=text(_PARCEL),
            place=choice("Where.", "neighbour", "garage", "porch", "door_only"),
        ),
    )
)

_CASES = (
    simple(
        "where's SW4410092? my sister keeps asking",
        want("track_parcel", parcel="SW4410092"),
    ),
    simple(
        "What do you charge for a box of 2500 grams to Portugal, 40 by 30 by 20 centimetres? It's fragile glass worth 180 euros, "
        "so insure it for that. Normal speed is fine.",
        want("quote_price", weight_kg=2.5, size_cm=[40, 30, 20], to_country="PT", insured_value=180),
    ),
    simple(
        "SW7003315 arrived with the box crushed and the lamp in pieces. I paid 64.90 for it and want that back.",
        want("file_claim", parcel="SW7003315", problem="damaged", amount=64.9),
    ),
    simple(
        "Can somebody fetch SW1200345 and SW1200346 from me this Thursday? Evening works best, I'm at work before.",
        want("schedule_pickup", date="2027-03-04", window="evening", parcels=set_of("SW1200345", "SW1200346")),
        dated=True,
    ),
    multiple(
        "Please show me the whole journey of SW5581207 up to now, with every scan there was.",
        want("track_parcel", parcel="SW5581207", history=True),
        offered="track_pallet track_parcel redirect_parcel find_depots",
    ),
    multiple(
        "We're waiting for freight, number PL20418. Any news?",
        want("track_pallet", pallet="PL20418"),
        offered="track_parcel track_pallet file_claim schedule_pickup",
    ),
    multiple(
        "Is there a depot within five kilometres of 80331? I'd walk.",
        want("find_depots", postcode="80331", radius_km=5),
        offered="find_depots redirect_parcel quote_price track_parcel set_delivery_note",
    ),
    multiple(
        "Make me a label: Bruno Castellan, 14 Weir Street, 4071 Ostwick, one and a half kilos, as fast as you can deliver.",
        want(
            "create_label",
            recipient="Bruno Castellan",
            address=fields(street=either("14 Weir Street", "Weir Street 14"), postcode="4071", town="Ostwick"),
            weight_kg=1.5,
            service="express",
        ),
        offered="quote_price create_label schedule_pickup track_parcel",
    ),
    multiple(
        "For SW9034471: the driver must not leave it with the people next door any more, only hand it over at my door.",
        want("set_delivery_note", parcel="SW9034471", place="door_only"),
        offered="redirect_parcel set_delivery_note track_parcel file_claim find_depots schedule_pickup",
    ),
    parallel(
        "Track SW3100001, SW3100002 and SW3100003 for me.",
        want("track_parcel", parcel="SW3100001"),
        want("track_parcel", parcel="SW3100002"),
        want("track_parcel", parcel="SW3100003"),
        offered="track_parcel track_pallet",
    ),
    parallel(
        "Price check to Norway for a parcel of 11 pounds (let's say 5 kilos), 50 x 40 x 30 cm: once economy, once express.",
        want("quote_price", weight_kg=5, size_cm=[50, 40, 30], to_country="NO", service="economy"),
        want("quote_price", weight_kg=5, size_cm=[50, 40, 30], to_country="NO", service="express"),
        offered="quote_price create_label",
    ),
    parallel(
        "SW6620017 never came and I want the 45 euros back. And SW6620018, which is still on the way, should go into the garage.",
        want("file_claim", parcel="SW6620017", problem="lost", amount=45),
        want("set_delivery_note", parcel="SW6620018", place="garage"),
        offered="file_claim set_delivery_note track_parcel redirect_parcel",
    ),
    irrelevance(
        "I'd like to apply as a driver at Swiftmoor. Please send my application to your staff office.",
        offered="track_parcel quote_price create_label schedule_pickup",
    ),
    irrelevance(
        "How do I say 'handle with care' in Japanese? I want to paint it on a box.",
        offered="create_label quote_price set_delivery_note",
    ),
    multi_step(
        "I won't be home. Send SW8845120 to the depot nearest to 50667 instead.",
        (want("find_depots", postcode="50667", radius_km=free()), want("redirect_parcel", parcel="SW8845120", depot_id=212)),
        offered="find_depots redirect_parcel track_parcel set_delivery_note",
        script=(
            reply("find_depots", {"depots": [{"depot_id": 212, "km": 1.1}, {"depot_id": 87, "km": 3.6}]}, postcode="50667"),
            reply("redirect_parcel", {"parcel": "SW8845120", "status": "redirected"}, parcel="SW8845120", depot_id=212),
        ),
        mode="required",
    ),
    multi_step(
        "Redirect SW2077310 to a depot near 27498. Look within 10 kilometres first; "
        "if there is none, try 40 kilometres and take the nearest.",
        (
            want("find_depots", postcode="27498"),
            want("find_depots", postcode="27498", radius_km=40),
            want("redirect_parcel", parcel="SW2077310", depot_id=9),
        ),
        offered="find_depots redirect_parcel track_parcel",
        script=(
            reply("find_depots", {"depots": []}, postcode="27498"),
            reply("find_depots", {"depots": [{"depot_id": 9, "km": 31.5}, {"depot_id": 14, "km": 38.0}]}, postcode="27498", radius_km=40),
            reply("redirect_parcel", {"parcel": "SW2077310", "status": "redirected"}, parcel="SW2077310", depot_id=9),
        ),
        traits="recovery",
    ),
    multi_step(
        "Make an express label for Ada Nwosu, 2 Quay Road, 1190 Fernau, weight 800 grams. "
        "Then have that parcel collected on Wednesday morning.",
        (
            want(
                "create_label",
                recipient="Ada Nwosu",
                address=fields(street="2 Quay Road", postcode="1190", town="Fernau"),
                weight_kg=0.8,
                service="express",
            ),
            want("schedule_pickup", date="2027-03-03", window="morning", parcels=["SW5150027"]),
        ),
        offered="create_label schedule_pickup track_parcel quote_price",
        script=(
            reply(
                "create_label",
                {"parcel": "SW5150027", "price": 9.4},
                recipient="Ada Nwosu",
                address={"street": "2 Quay Road", "postcode": "1190", "town": "Fernau"},
                weight_kg=0.8,
                service="express",
            ),
            reply("schedule_pickup", {"pickup": "PU-88", "status": "booked"}, date="2027-03-03", window="morning", parcels=["SW5150027"]),
        ),
    ),
)

DOMAIN = Domain(
    name="parcels",
    system="You are the customer desk of Swiftmoor, a courier. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
