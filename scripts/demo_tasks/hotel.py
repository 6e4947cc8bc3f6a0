"""Hotel booking: Hollin House, a small chain."""

from scripts.demo_tasks.notation import (
    Domain,
    array,
    choice,
    either,
    fields,
    flag,
    irrelevance,
    may,
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

_DATE = "ISO date, YYYY-MM-DD"
_GUEST = record(
    "Who stays.", first_name=text("Given name."), last_name=text("Family name."), children=whole("Children coming along.", default=0)
)

TOOLS = dict(
    (
        reads(
            "find_rooms",
            "Search free rooms in a city.",
            city=text("City name only, no country."),
            check_in=text(f"Arrival, {_DATE}."),
            nights=whole("Number of nights.", minimum=1),
            guests=whole("Number of guests.", default=2, minimum=1),
            max_price=optional(number("Highest price per night in euros.")),
        ),
        writes(
            "book_room",
            "Book a room found before.",
            room_id=text("Room id, such as R-100."),
            check_in=text(f"Arrival, {_DATE}."),
            nights=whole("Number of nights.", minimum=1),
            guest=_GUEST,
            breakfast=flag("Breakfast included.", default=False),
        ),
        reads(
            "get_booking",
            "Look up a booking by its code.",
            code=text("Booking code, two letters and four digits."),
        ),
        writes(
            "change_booking",
            "Change arrival or length of a booking. Give only what changes.",
            code=text("Booking code, two letters and four digits."),
            check_in=optional(text(f"New arrival, {_DATE}.")),
            nights=optional(whole("New number of nights.", minimum=1)),
        ),
        writes(
            "cancel_booking",
            "Cancel a booking.",
            code=text("Booking code, two letters and four digits."),
            reason=choice("Why.", "illness", "plans_changed", "price", "other", default="other"),
        ),
        writes(
            "add_extras",
            "Add paid extras to a booking.",
            code=text("Booking code, two letters and four digits."),
            extras=array("What to add.", choice("", "parking", "cot", "late_checkout", "dog_bed", "flowers"), minItems=1),
        ),
        reads(
            "quote_group",
            "Price a group stay without booking it.",
            city=text("City name only, no country."),
            check_in=text(f"Arrival, {_DATE}."),
            nights=whole("Number of nights.", minimum=1),
            double_rooms=whole("How many double rooms.", default=0),
            single_rooms=whole("How many single rooms.", default=0),
            discount=number("Discount as a fraction from 0 to 1.", default=0),
        ),
        writes(
            "set_wake_up",
            "Order a wake-up call.",
            room_number=whole("Number on the door."),
            time=text("24-hour time, HH:MM."),
        ),
    )
)

_CASES = (
    simple(
        "Hi! We're three friends and need a place in Porto from 9 April 2027, staying four nights. Can you see what's free?",
        want("find_rooms", city="Porto", check_in="2027-04-09", nights=4, guests=3),
    ),
    simple(
        "Booking KD4471 has to go, sorry - my daughter came down with the flu.",
        want("cancel_booking", code="KD4471", reason="illness"),
    ),
    simple(
        "Room two hundred and fourteen here. Please get me out of bed at quarter to six in the morning.",
        want("set_wake_up", room_number=214, time="05:45"),
    ),
    simple(
        "For MB2090 we would like parking and somewhere for the dog to sleep, nothing else.",
        want("add_extras", code="MB2090", extras=set_of("parking", "dog_bed")),
    ),
    simple(
        "What would seven doubles and a single cost in Ghent, two nights from 21 May 2027? "
        "Our usual 15 percent off applies. Only a price, please.",
        want("quote_group", city="Ghent", check_in="2027-05-21", nights=2, double_rooms=7, single_rooms=1, discount=0.15),
    ),
    multiple(
        "I have the code TR8812 here. Which nights did I actually reserve? I've lost the mail.",
        want("get_booking", code="TR8812"),
        offered="find_rooms change_booking get_booking cancel_booking",
    ),
    multiple(
        "TR8812 again: same arrival, but make it five nights instead of three.",
        want("change_booking", code="TR8812", nights=5),
        offered="book_room get_booking change_booking add_extras cancel_booking",
    ),
    multiple(
        "Any double in Bergen a week from today, one night, under 120 euros? It's for me and my husband.",
        want("find_rooms", city="Bergen", check_in="2027-03-08", nights=1, guests=2, max_price=either(120, 119.99, 119)),
        offered="find_rooms quote_group book_room get_booking",
        dated=True,
    ),
    multiple(
        "Please reserve R-318 for Ilse Maartens and her two kids, arriving 2 July 2027 for six nights. They want breakfast.",
        want(
            "book_room",
            room_id="R-318",
            check_in="2027-07-02",
            nights=6,
            guest=fields(first_name="Ilse", last_name="Maartens", children=2),
            breakfast=True,
        ),
        offered="find_rooms book_room quote_group add_extras set_wake_up get_booking",
    ),
    parallel(
        "Compare for me: Vienna and Graz, both from 3 June 2027, two nights, just me travelling.",
        want("find_rooms", city="Vienna", check_in="2027-06-03", nights=2, guests=1),
        want("find_rooms", city="Graz", check_in="2027-06-03", nights=2, guests=1),
        offered="find_rooms",
    ),
    parallel(
        "Drop PA1003 and PA1004, the rates got too expensive for us. And push PA1005 back so that it starts on 30 April 2027.",
        want("cancel_booking", code="PA1003", reason="price"),
        want("cancel_booking", code="PA1004", reason="price"),
        want("change_booking", code="PA1005", check_in="2027-04-30"),
        offered="get_booking change_booking cancel_booking",
    ),
    parallel(
        "Wake-up calls for our crew, please: room 12 at 4.30 am, room 15 at 4.30 am as well, room 16 at ten past five in the morning.",
        want("set_wake_up", room_number=12, time="04:30"),
        want("set_wake_up", room_number=15, time="04:30"),
        want("set_wake_up", room_number=16, time="05:10"),
        offered="set_wake_up add_extras",
    ),
    irrelevance(
        "Could you get us a table for four at the Thai place next to your hotel in Leeds, tonight at eight?",
        offered="find_rooms book_room set_wake_up",
    ),
    irrelevance(
        "My suitcase was left in room 407 yesterday. Please have it sent to my home address.",
        offered="get_booking change_booking cancel_booking quote_group",
    ),
    multi_step(
        "Find a room in Tartu from 16 March 2027, three nights, for two, "
        "and book the cheapest one for Anton Rebane. No breakfast, no children.",
        (
            want("find_rooms", city="Tartu", check_in="2027-03-16", nights=3, guests=2),
            want("book_room", room_id="R-722", check_in="2027-03-16", nights=3, guest=fields(first_name="Anton", last_name="Rebane")),
        ),
        offered="find_rooms book_room get_booking",
        script=(
            reply(
                "find_rooms",
                {"rooms": [{"room_id": "R-705", "price": 98}, {"room_id": "R-722", "price": 84}, {"room_id": "R-731", "price": 110}]},
                city="Tartu",
                check_in="2027-03-16",
                nights=3,
            ),
            reply(
                "book_room",
                {"code": "TA3306", "status": "confirmed"},
                room_id="R-722",
                check_in="2027-03-16",
                nights=3,
                guest={"first_name": "Anton", "last_name": "Rebane"},
            ),
        ),
    ),
    multi_step(
        "I want to stay in Siena for one night on 10 April 2027, alone. If that night is full, look at the 11th instead. "
        "Book whatever is free; my name is Wanda Oyelaran.",
        (
            want("find_rooms", city="Siena", check_in="2027-04-10", nights=1, guests=1),
            want("find_rooms", city="Siena", check_in="2027-04-11", nights=1, guests=1),
            want("book_room", room_id="R-040", check_in="2027-04-11", nights=1, guest=fields(first_name="Wanda", last_name="Oyelaran")),
        ),
        offered="find_rooms book_room change_booking",
        script=(
            reply("find_rooms", {"rooms": []}, city="Siena", check_in="2027-04-10", nights=1, guests=1),
            reply("find_rooms", {"rooms": [{"room_id": "R-040", "price": 75}]}, city="Siena", check_in="2027-04-11", nights=1, guests=1),
            reply(
                "book_room",
                {"code": "SI1120", "status": "confirmed"},
                room_id="R-040",
                check_in="2027-04-11",
                nights=1,
                guest={"first_name": "Wanda", "last_name": "Oyelaran"},
            ),
        ),
        traits="recovery",
    ),
    multi_step(
        "Look up HF6650 and make it two nights longer than it is now. Then add a late checkout to it.",
        (
            want("get_booking", code="HF6650"),
            want("change_booking", code="HF6650", nights=5, check_in=may("2027-03-20")),
            want("add_extras", code="HF6650", extras=["late_checkout"]),
        ),
        offered="get_booking change_booking add_extras cancel_booking",
        script=(
            reply("get_booking", {"code": "HF6650", "city": "Lyon", "check_in": "2027-03-20", "nights": 3}, code="HF6650"),
            reply("change_booking", {"code": "HF6650", "nights": 5, "status": "changed"}, code="HF6650", nights=5),
            reply("add_extras", {"code": "HF6650", "status": "added"}, code="HF6650", extras=["late_checkout"]),
        ),
        mode="unordered",
        traits="repeat",
    ),
)

DOMAIN = Domain(
    name="hotel",
    system="You are the booking desk of the Hollin House hotels. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
