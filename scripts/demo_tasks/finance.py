"""Personal finance: accounts, budgets and standing orders at a bank named Alder & Finch."""

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

_ACCOUNTS = ("checking", "savings", "joint")
_CATEGORIES = ("groceries", "rent", "transport", "eating_out", "clothes", "health", "fun")
_DATE = "ISO date, YYYY-MM-DD."

TOOLS = dict(
    (
        reads(
            "get_balance",
            "Balance of one account.",
            account=choice("Account.", *_ACCOUNTS),
        ),
        reads(
            "list_transactions",
            "Bookings of one account, newest first.",
            account=choice("Account.", *_ACCOUNTS),
            since=text(f"First day, {_DATE}"),
            until=optional(text(f"Last day, {_DATE} Omit for today.")),
            categories=optional(array("Only these categories.", choice("", *_CATEGORIES))),
            min_amount=optional(number("Only bookings of at least so many euros.")),
        ),
        writes(
            "transfer_own",
            "Move money between own accounts.",
            source=choice("From.", *_ACCOUNTS),
            target=choice("To.", *_ACCOUNTS),
            amount=number("Euros.", minimum=0.01),
        ),
        writes(
            "transfer",
            "Pay somebody else.",
            payee_id=text("Payee id, from find_payee, such as P-12."),
            amount=number("Euros.", minimum=0.01),
            reference=text("Text for the payee.", default=""),
            instant=flag("Instant payment, costs extra.", default=False),
        ),
        reads(
            "find_payee",
            "Search saved payees by name.",
            name=text("Name or part of it."),
        ),
        writes(
            "set_budget",
            "Set the monthly budget of a category.",
            category=choice("Category.", *_CATEGORIES),
            amount=whole("Whole euros a month.", minimum=0),
            alert_at=number("Warn at this fraction of the budget, 0 to 1.", default=0.8),
        ),
        writes(
            "create_standing_order",
            "Pay a payee regularly.",
            payee_id=text("Payee id, such as P-12."),
            amount=number("Euros.", minimum=0.01),
            schedule=record(
                "When.",
                every=choice("Rhythm.", "week", "month", "quarter", "year"),
                first=text(f"First payment, {_DATE}"),
            ),
        ),
        writes(
            "block_card",
            "Block a card.",
            last_digits=text("Last four digits."),
            reason=choice("Why.", "lost", "stolen", "damaged"),
            replace=flag("Send a new card.", default=True),
        ),
        reads(
            "convert_currency",
            "Convert at today's rate.",
            amount=number("Amount in the first currency."),
            source=text("Three-letter code, ISO 4217, upper case."),
            target=text("Three-letter code, ISO 4217, upper case."),
        ),
    )
)

_CASES = (
    simple(
        "Someone nicked my wallet on the tram! Card ending 0093 has to be blocked. Don't send a new one, I'm moving next week.",
        want("block_card", last_digits="0093", reason="stolen", replace=False),
    ),
    simple(
        "I want to spend no more than three hundred and fifty on food shopping a month. Warn me once I've used up three quarters of it.",
        want("set_budget", category="groceries", amount=350, alert_at=0.75),
    ),
    simple(
        "How many Swiss francs would 1,250.50 euros be right now?",
        want("convert_currency", amount=1250.5, source="EUR", target="CHF"),
    ),
    simple(
        "Set up the piano lessons: P-31 gets 85 euros every month, the first time on the first of April 2027.",
        want("create_standing_order", payee_id="P-31", amount=85, schedule=fields(every="month", first="2027-04-01")),
    ),
    simple(
        "What did I spend on eating out and on fun in February 2027? From the joint account, please.",
        want("list_transactions", account="joint", since="2027-02-01", until="2027-02-28", categories=set_of("eating_out", "fun")),
    ),
    multiple(
        "Put two hundred from checking aside into savings.",
        want("transfer_own", source="checking", target="savings", amount=200),
        offered="transfer transfer_own get_balance create_standing_order",
    ),
    multiple(
        'Pay P-08 the 19.99 I owe, as an instant payment, and write "tickets" on it.',
        want("transfer", payee_id="P-08", amount=19.99, reference="tickets", instant=True),
        offered="find_payee transfer transfer_own create_standing_order get_balance",
    ),
    multiple(
        "Before we sign the lease: how much is in our joint account?",
        want("get_balance", account="joint"),
        offered="get_balance list_transactions transfer_own set_budget convert_currency",
    ),
    multiple(
        "Show me every booking over 500 euros or exactly that on checking since New Year's Day 2027, all the way up to today.",
        want("list_transactions", account="checking", since="2027-01-01", until=may("2027-03-01"), min_amount=500),
        offered="get_balance list_transactions set_budget find_payee",
        dated=True,
    ),
    parallel(
        "New limits, please: clothes 60 a month, transport 110, and nothing at all for eating out.",
        want("set_budget", category="clothes", amount=60),
        want("set_budget", category="transport", amount=110),
        want("set_budget", category="eating_out", amount=0),
        offered="set_budget list_transactions",
    ),
    parallel(
        "What's on savings, and what's on checking?",
        want("get_balance", account="savings"),
        want("get_balance", account="checking"),
        offered="get_balance list_transactions transfer_own",
    ),
    parallel(
        "For the trip: 300 euros in Japanese yen, and what are 40,000 Korean won in euros?",
        want("convert_currency", amount=300, source="EUR", target="JPY"),
        want("convert_currency", amount=40000, source="KRW", target="EUR"),
        offered="convert_currency get_balance transfer",
    ),
    irrelevance(
        "Which mortgage would you advise, fixed for ten years or variable? Explain the pros and cons briefly.",
        offered="get_balance set_budget transfer_own create_standing_order",
    ),
    irrelevance(
        "Please close my savings account for good at the end of the month.",
        offered="list_transactions set_budget block_card convert_currency",
    ),
    multi_step(
        'I owe Mirela Dragan 42 euros for the concert. Send it to her with the reference "concert".',
        (
            want("find_payee", name=either("Mirela Dragan", "Mirela", "Dragan")),
            want("transfer", payee_id="P-57", amount=42, reference="concert"),
        ),
        offered="find_payee transfer transfer_own get_balance",
        script=(
            *(
                reply("find_payee", {"payees": [{"payee_id": "P-57", "name": "Mirela Dragan"}]}, name=name)
                for name in ("Mirela Dragan", "Mirela", "Dragan")
            ),
            reply("transfer", {"status": "accepted", "booked": "pending"}, payee_id="P-57", amount=42, reference="concert"),
        ),
        traits="repeat",
    ),
    multi_step(
        "Check what's left on checking. Keep 500 euros there and move everything above that into savings.",
        (want("get_balance", account="checking"), want("transfer_own", source="checking", target="savings", amount=731.2)),
        offered="get_balance transfer_own transfer list_transactions",
        script=(
            reply("get_balance", {"account": "checking", "euros": 1231.2}, account="checking"),
            reply("transfer_own", {"status": "done"}, source="checking", target="savings", amount=731.2),
        ),
    ),
    multi_step(
        "Set up a quarterly standing order of 150 euros to Bramley Kindergarten, starting on 15 April 2027. "
        'Should the bank not know that name, try "Kita Bramley".',
        (
            want("find_payee", name="Bramley Kindergarten"),
            want("find_payee", name="Kita Bramley"),
            want("create_standing_order", payee_id="P-90", amount=150, schedule=fields(every="quarter", first="2027-04-15")),
        ),
        offered="find_payee create_standing_order transfer",
        script=(
            reply("find_payee", {"payees": []}, name="Bramley Kindergarten"),
            reply("find_payee", {"payees": [{"payee_id": "P-90", "name": "Kita Bramley e.V."}]}, name="Kita Bramley"),
            reply(
                "create_standing_order",
                {"order": "SO-4", "status": "active"},
                payee_id="P-90",
                amount=150,
                schedule={"every": "quarter", "first": "2027-04-15"},
            ),
        ),
        traits="recovery",
    ),
)

DOMAIN = Domain(
    name="finance",
    system="You help a customer of the bank Alder & Finch with the tools offered. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
