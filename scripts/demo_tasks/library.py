"""Town library: catalogue, loans and reading rooms; its tools have dotted names."""

from scripts.demo_tasks.notation import (
    Domain,
    array,
    choice,
    either,
    flag,
    irrelevance,
    may,
    multi_step,
    multiple,
    number,
    optional,
    parallel,
    reads,
    reply,
    set_of,
    simple,
    text,
    want,
    whole,
    writes,
)

_BRANCHES = ("central", "harbour", "mill_lane")

TOOLS = dict(
    (
        reads(
            "library.search",
            "Search the catalogue of books and media. Give title or author, or both.",
            title=optional(text("Title as the user gives it.")),
            author=optional(text("Family name of the author only.")),
            medium=choice("Kind of item.", "book", "audiobook", "film", "any", default="any"),
            available_only=flag("Only items on the shelf now.", default=False),
        ),
        reads(
            "library.search_events",
            "Search readings, courses and other events.",
            topic=text("One topic word, lower case."),
            month=whole("Month as a number.", minimum=1, maximum=12),
            branch=optional(choice("Branch.", *_BRANCHES)),
        ),
        writes(
            "library.reserve",
            "Put a hold on an item.",
            item_id=whole("Catalogue number."),
            card=text("Library card number, digits only."),
            pickup=choice("Where to collect it.", *_BRANCHES, default="central"),
        ),
        writes(
            "library.renew",
            "Extend loans on a card.",
            card=text("Library card number, digits only."),
            item_ids=array("Catalogue numbers to extend.", whole(""), minItems=1),
            weeks=whole("Weeks to add.", default=2, minimum=1, maximum=6),
        ),
        reads(
            "library.list_loans",
            "List what is on loan on a card.",
            card=text("Library card number, digits only."),
            overdue_only=flag("Only overdue items.", default=False),
        ),
        writes(
            "library.pay_fine",
            "Pay a fine on a card.",
            card=text("Library card number, digits only."),
            amount=number("Amount in pounds.", minimum=0.01),
        ),
        writes(
            "room.book",
            "Book a reading room.",
            branch=choice("Branch.", *_BRANCHES),
            start=text("Start, YYYY-MM-DDTHH:MM, 24-hour."),
            minutes=whole("Length in minutes."),
            people=whole("How many people.", default=1),
        ),
        writes(
            "library.suggest_purchase",
            "Ask the library to buy a title it does not hold.",
            title=text("Title."),
            author=text("Full name of the author."),
            copies=whole("How many copies.", default=1),
        ),
    )
)

_CASES = (
    simple(
        "Have you got anything by Tove Lindqvist as an audiobook? I drive a lot.",
        want("library.search", author="Lindqvist", medium="audiobook"),
    ),
    simple(
        "Please give me three more weeks for numbers 50213 and 50877. Card 0044710.",
        want("library.renew", card="0044710", item_ids=set_of(50213, 50877), weeks=3),
    ),
    simple(
        "I owe you four pounds eighty on card 0031992 and want to settle that now.",
        want("library.pay_fine", card="0031992", amount=4.8),
    ),
    simple(
        "Our study group (there are six of us) would like the reading room at Mill Lane on 18 March 2027, half past two in the afternoon, "
        "for an hour and a half.",
        want("room.book", branch="mill_lane", start="2027-03-18T14:30", minutes=90, people=6),
    ),
    multiple(
        'Show me "The Salt Ledger" only if it is on the shelf right now, and the printed book, not the audio version.',
        want("library.search", title="The Salt Ledger", medium="book", available_only=True),
        offered="library.search library.search_events library.reserve library.suggest_purchase",
    ),
    multiple(
        "Are there any pottery things going on at the harbour branch in May?",
        want("library.search_events", topic="pottery", month=5, branch="harbour"),
        offered="library.search library.search_events room.book library.list_loans",
    ),
    multiple(
        'You don\'t own "Moth Weather" by Piet van Aalst, I already checked. Could you order two copies of it for the collection?',
        want("library.suggest_purchase", title="Moth Weather", author="Piet van Aalst", copies=2),
        offered="library.search library.reserve library.renew library.pay_fine library.suggest_purchase",
    ),
    multiple(
        "I got a nasty letter. What is overdue on 0052318? The rest I know myself.",
        want("library.list_loans", card="0052318", overdue_only=True),
        offered="library.list_loans library.pay_fine library.renew library.search",
    ),
    multiple(
        "Hold item 61190 for me please, I'll fetch it at the harbour. My card is number 0077041.",
        want("library.reserve", item_id=61190, card="0077041", pickup="harbour"),
        offered="library.search library.reserve library.renew room.book library.list_loans library.suggest_purchase",
    ),
    parallel(
        "My twins both want item 40015. One hold for card 0088120 and one for card 0088121, central is fine for both.",
        want("library.reserve", item_id=40015, card="0088120", pickup="central"),
        want("library.reserve", item_id=40015, card="0088121", pickup="central"),
        offered="library.search library.reserve",
    ),
    parallel(
        "Which chess events are there in June, and which ones in September? Any branch will do.",
        want("library.search_events", topic="chess", month=6),
        want("library.search_events", topic="chess", month=9),
        offered="library.search library.search_events room.book",
    ),
    parallel(
        "Card 0019034 here: show me everything I have out, and pay the 2.50 I owe in the same go.",
        want("library.list_loans", card="0019034"),
        want("library.pay_fine", card="0019034", amount=2.5),
        offered="library.list_loans library.pay_fine library.renew",
    ),
    irrelevance(
        "The printer on the second floor eats my paper. Can you fix that or send someone?",
        offered="library.search library.reserve room.book library.list_loans",
    ),
    irrelevance(
        "I moved house. Please change the postal address on card 0060772 to 5 Tanner Row.",
        offered="library.renew library.list_loans library.pay_fine",
    ),
    multi_step(
        'Do you hold a film called "Northbound Ferry"? If so, put a hold on it for card 0023456, pickup at Mill Lane.',
        (
            want("library.search", title="Northbound Ferry", medium=either("film", "any")),
            want("library.reserve", item_id=73302, card="0023456", pickup="mill_lane"),
        ),
        offered="library.search library.search_events library.reserve",
        script=(
            reply(
                "library.search",
                {"items": [{"item_id": 73302, "medium": "film", "on_shelf": True}]},
                title="Northbound Ferry",
                medium="film",
            ),
            reply(
                "library.search",
                {"items": [{"item_id": 61007, "medium": "book", "on_shelf": True}, {"item_id": 73302, "medium": "film", "on_shelf": True}]},
                title="Northbound Ferry",
            ),
            reply("library.reserve", {"hold": "H-19", "status": "ready tomorrow"}, item_id=73302, card="0023456", pickup="mill_lane"),
        ),
    ),
    multi_step(
        "Please renew everything that is overdue on card 0090415 by four weeks. I don't know the numbers by heart.",
        (
            want("library.list_loans", card="0090415", overdue_only=True),
            want("library.renew", card="0090415", item_ids=set_of(30118, 30551), weeks=4),
        ),
        (
            want("library.list_loans", card="0090415"),
            want("library.renew", card="0090415", item_ids=set_of(30118, 30551), weeks=4),
        ),
        offered="library.list_loans library.renew library.pay_fine library.search",
        script=(
            reply(
                "library.list_loans",
                {"loans": [{"item_id": 30118, "due": "2027-02-11"}, {"item_id": 30551, "due": "2027-02-20"}]},
                card="0090415",
                overdue_only=True,
            ),
            reply(
                "library.list_loans",
                {
                    "loans": [
                        {"item_id": 30118, "due": "2027-02-11", "overdue": True},
                        {"item_id": 30551, "due": "2027-02-20", "overdue": True},
                        {"item_id": 31002, "due": "2027-03-19", "overdue": False},
                    ]
                },
                card="0090415",
            ),
            *(
                reply("library.renew", {"renewed": order, "weeks_added": 4}, card="0090415", item_ids=order, weeks=4)
                for order in ([30118, 30551], [30551, 30118])
            ),
        ),
        traits="repeat",
    ),
    multi_step(
        'Look for "The Glass Orchard" by Ferreira. If nothing comes up under that title, it may be listed as "Glass Orchard". '
        "Then hold it for card 0011870 at central.",
        (
            want("library.search", title="The Glass Orchard", author=may("Ferreira")),
            want("library.search", title="Glass Orchard", author=may("Ferreira")),
            want("library.reserve", item_id=55420, card="0011870", pickup="central"),
        ),
        offered="library.search library.reserve library.suggest_purchase",
        script=(
            reply("library.search", {"items": []}, title="The Glass Orchard", author="Ferreira"),
            reply("library.search", {"items": []}, title="The Glass Orchard"),
            reply("library.search", {"items": [{"item_id": 55420, "medium": "book"}]}, title="Glass Orchard", author="Ferreira"),
            reply("library.search", {"items": [{"item_id": 55420, "medium": "book"}]}, title="Glass Orchard"),
            reply("library.reserve", {"hold": "H-77", "status": "queued"}, item_id=55420, card="0011870"),
        ),
        traits="recovery",
    ),
)

DOMAIN = Domain(
    name="library",
    system="You serve readers of the Eastmere town library with the tools offered. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
