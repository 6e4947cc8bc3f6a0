"""Smart home: lamps, heating, blinds and routines of one house."""

from scripts.demo_tasks.notation import (
    Domain,
    array,
    choice,
    either,
    fails,
    fields,
    flag,
    irrelevance,
    multi_step,
    multiple,
    near,
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

_ROOMS = ("kitchen", "living_room", "bedroom", "bathroom", "hall", "study")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

TOOLS = dict(
    (
        writes(
            "set_light",
            "Switch or dim the lamps of a room.",
            room=choice("Room.", *_ROOMS),
            on=flag("true for on, false for off."),
            brightness=optional(whole("Percent. Give it only when asked for.", minimum=1, maximum=100)),
            colour=choice("Light colour.", "warm", "neutral", "cold", default="neutral"),
        ),
        writes(
            "set_temperature",
            "Set the heating of a room.",
            room=choice("Room.", *_ROOMS),
            celsius=number("Target in degrees Celsius.", minimum=5, maximum=30),
            minutes=optional(whole("Hold for so many minutes, then go back. Omit to hold until changed.")),
        ),
        reads(
            "get_temperature",
            "Read the temperature of a room.",
            room=choice("Room.", *_ROOMS),
        ),
        writes(
            "move_blinds",
            "Move the blinds of one or more rooms.",
            rooms=array("Rooms.", choice("", *_ROOMS), minItems=1),
            position=whole("Percent closed: 0 is open, 100 is closed.", minimum=0, maximum=100),
        ),
        writes(
            "set_alarm",
            "Arm or disarm the burglar alarm.",
            mode=choice("Mode.", "off", "home", "away"),
            pin=text("Four-digit PIN."),
        ),
        writes(
            "set_alarm_clock",
            "Set an alarm clock that rings.",
            time=text("24-hour time, HH:MM."),
            days=array("Days it rings.", choice("", *_DAYS), minItems=1),
        ),
        writes(
            "start_appliance",
            "Start an appliance.",
            appliance=choice("Appliance.", "washer", "dryer", "dishwasher", "robot_vacuum"),
            delay_minutes=whole("Start after so many minutes.", default=0),
            settings=optional(
                record("Program, for the washer only.", celsius=whole("Water temperature."), spin=flag("Spin at the end.", default=True))
            ),
        ),
        reads(
            "list_devices",
            "List devices with id, room and battery level.",
            kind=choice("Kind of device.", "sensor", "lock", "camera", "any", default="any"),
        ),
        writes(
            "restart_device",
            "Restart one device.",
            device_id=text("Device id, from list_devices."),
        ),
    )
)

_CASES = (
    simple(
        "ugh, way too bright in the study. make it thirty percent please, and warm",
        want("set_light", room="study", on=True, brightness=30, colour="warm"),
    ),
    simple(
        "Can the bathroom be 70 degrees Fahrenheit for the next hour and a half? I'm about to have a bath.",
        want("set_temperature", room="bathroom", celsius=near(21.11, 0.15), minutes=90),
    ),
    simple(
        "Close the blinds in the bedroom and the living room halfway.",
        want("move_blinds", rooms=set_of("bedroom", "living_room"), position=50),
    ),
    simple(
        "We're all leaving the house now. Arm the alarm, the PIN is 0420.",
        want("set_alarm", mode="away", pin="0420"),
    ),
    simple(
        "Run the washing machine at forty degrees in two hours, but please don't spin, it's wool.",
        want("start_appliance", appliance="washer", delay_minutes=120, settings=fields(celsius=40, spin=False)),
    ),
    multiple(
        "Wake me at twenty to seven on Monday, Wednesday and Friday.",
        want("set_alarm_clock", time="06:40", days=set_of("mon", "wed", "fri")),
        offered="set_alarm set_alarm_clock set_light start_appliance",
    ),
    multiple(
        "Is it cold in the hall or is it just me? I don't want anything changed, just a number.",
        want("get_temperature", room="hall"),
        offered="get_temperature set_temperature set_light list_devices",
    ),
    multiple(
        "I burnt the toast and opened the kitchen windows, so put the heating in there down to 12 until I say otherwise.",
        want("set_temperature", room="kitchen", celsius=12),
        offered="get_temperature set_temperature move_blinds start_appliance",
    ),
    multiple(
        "I'm back. PIN is 0420, switch the burglar alarm off before it goes crazy.",
        want("set_alarm", mode="off", pin="0420"),
        offered="set_alarm set_alarm_clock list_devices restart_device set_light",
    ),
    parallel(
        "Good night! Lights out in the kitchen, the hall and the living room.",
        want("set_light", room="kitchen", on=False),
        want("set_light", room="hall", on=False),
        want("set_light", room="living_room", on=False),
        offered="set_light move_blinds",
    ),
    parallel(
        "Bedroom to 17.5 degrees and study to 21 please, and let the robot vacuum start right away.",
        want("set_temperature", room="bedroom", celsius=17.5),
        want("set_temperature", room="study", celsius=21),
        want("start_appliance", appliance="robot_vacuum"),
        offered="set_temperature get_temperature start_appliance set_light",
    ),
    parallel(
        "How warm are the bathroom and the bedroom at the moment?",
        want("get_temperature", room="bathroom"),
        want("get_temperature", room="bedroom"),
        offered="get_temperature set_temperature",
    ),
    irrelevance(
        "The garage door is stuck open again. Close it, will you?",
        offered="set_light set_temperature set_alarm_clock start_appliance",
    ),
    irrelevance(
        "Order new filter bags for the robot vacuum, the usual twelve-pack.",
        offered="start_appliance list_devices restart_device",
    ),
    multi_step(
        "Check the temperature in the bedroom. If it is below 18 degrees, set it to 19; otherwise leave it alone.",
        (want("get_temperature", room="bedroom"), want("set_temperature", room="bedroom", celsius=19)),
        offered="get_temperature set_temperature set_light",
        script=(
            reply("get_temperature", {"room": "bedroom", "celsius": 16.4}, room="bedroom"),
            reply("set_temperature", {"room": "bedroom", "target": 19, "status": "heating"}, room="bedroom", celsius=19),
        ),
        traits="repeat",
    ),
    multi_step(
        "One of the cameras has gone dark, the one in the hall. Find out which device it is and restart it.",
        (want("list_devices", kind=either("camera", "any")), want("restart_device", device_id="cam-7f")),
        offered="list_devices restart_device set_alarm get_temperature",
        script=(
            reply(
                "list_devices",
                {"devices": [{"id": "cam-2a", "room": "kitchen", "battery": 80}, {"id": "cam-7f", "room": "hall", "battery": 64}]},
                kind="camera",
            ),
            reply(
                "list_devices",
                {
                    "devices": [
                        {"id": "cam-2a", "kind": "camera", "room": "kitchen", "battery": 80},
                        {"id": "cam-7f", "kind": "camera", "room": "hall", "battery": 64},
                        {"id": "lock-1", "kind": "lock", "room": "hall", "battery": 31},
                    ]
                },
            ),
            reply("restart_device", {"device_id": "cam-7f", "status": "restarting"}, device_id="cam-7f"),
        ),
    ),
    multi_step(
        "Start the dishwasher. If it complains about its leak sensor, restart that sensor - it goes by leak-03 - "
        "and try the dishwasher once more.",
        (
            want("start_appliance", appliance="dishwasher"),
            want("restart_device", device_id="leak-03"),
            want("start_appliance", appliance="dishwasher"),
        ),
        offered="start_appliance list_devices restart_device set_light",
        script=(
            fails("start_appliance", "leak sensor does not answer", appliance="dishwasher"),
            reply("restart_device", {"device_id": "leak-03", "status": "ok"}, device_id="leak-03"),
            reply("start_appliance", {"appliance": "dishwasher", "status": "running"}, appliance="dishwasher"),
        ),
        traits="recovery",
    ),
)

DOMAIN = Domain(
    name="home",
    system="You run the smart home at 3 Larch Close with the tools offered. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
