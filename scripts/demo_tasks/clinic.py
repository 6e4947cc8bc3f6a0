"""Clinic: appointments, prescriptions and reminders at a practice named Sorrel Street."""

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

_DEPARTMENTS = ("general", "dental", "eye", "skin", "physio")
_DATE = "ISO date, YYYY-MM-DD."
_PATIENT = whole("Patient number.")

TOOLS = dict(
    (
        reads(
            "find_patient",
            "Find a patient's number.",
            family_name=text("Family name only."),
            birth_date=text(f"Date of birth, {_DATE}"),
        ),
        reads(
            "find_slots",
            "Free appointment times.",
            department=choice("Department.", *_DEPARTMENTS),
            day=text(_DATE),
            part_of_day=choice("When.", "morning", "afternoon", "any", default="any"),
        ),
        writes(
            "book_appointment",
            "Book a slot found before.",
            patient_id=_PATIENT,
            slot_id=text("Slot id, such as S-0100."),
            first_visit=flag("Patient has never been in this department.", default=False),
        ),
        writes(
            "cancel_appointment",
            "Cancel an appointment.",
            appointment_id=whole("Appointment number."),
        ),
        writes(
            "request_prescription",
            "Ask the doctor for a repeat prescription.",
            patient_id=_PATIENT,
            medicine=text("Name of the medicine, without strength."),
            strength_mg=whole("Strength in milligrams."),
            boxes=whole("How many boxes.", default=1),
        ),
        writes(
            "record_reading",
            "Store a value the patient measured at home.",
            patient_id=_PATIENT,
            kind=choice("What was measured.", "weight_kg", "temperature_c", "pulse_bpm", "glucose_mmol"),
            value=number("Value in the unit that kind names."),
        ),
        writes(
            "record_blood_pressure",
            "Store a blood pressure the patient measured at home.",
            patient_id=_PATIENT,
            pressure=record("In mmHg.", systolic=whole("Upper value."), diastolic=whole("Lower value.")),
        ),
        writes(
            "update_contact",
            "Change contact data. Give only what changes.",
            patient_id=_PATIENT,
            phone=optional(text("Phone, digits only.")),
            email=optional(text("Email address.")),
            remind_by=optional(array("Ways to remind.", choice("", "sms", "email", "letter", "call"))),
        ),
        reads(
            "opening_hours",
            "Opening hours of a department on a day.",
            department=choice("Department.", *_DEPARTMENTS),
            day=text(_DATE),
        ),
    )
)

_CASES = (
    simple(
        "Morning! Patient 20417 speaking. My blood pressure was 142 over 91 today, please note it down.",
        want("record_blood_pressure", patient_id=20417, pressure=fields(systolic=142, diastolic=91)),
    ),
    simple(
        "I need two more boxes of Velorin 50 mg. My patient number is 18820.",
        want("request_prescription", patient_id=18820, medicine="Velorin", strength_mg=50, boxes=2),
    ),
    simple(
        "Is there anything free with the dentist on the 24th of March 2027? I can only come after lunch.",
        want("find_slots", department="dental", day="2027-03-24", part_of_day="afternoon"),
    ),
    simple(
        "Please remind me by text message and by letter from now on, no more calls. I'm patient 31150.",
        want("update_contact", patient_id=31150, remind_by=set_of("sms", "letter")),
    ),
    multiple(
        "Hello, patient 20555. I stepped on the scales today, 81 point 6 kilos. Please put it in my file.",
        want("record_reading", patient_id=20555, kind="weight_kg", value=81.6),
        offered="record_reading record_blood_pressure update_contact request_prescription",
    ),
    multiple(
        "Until when can I come to physio tomorrow? Just the times please, no appointment.",
        want("opening_hours", department="physio", day="2027-03-02"),
        offered="find_slots opening_hours book_appointment cancel_appointment",
        dated=True,
    ),
    multiple(
        "I can't make it, take me off the list for appointment 77103.",
        want("cancel_appointment", appointment_id=77103),
        offered="find_slots book_appointment cancel_appointment update_contact find_patient",
    ),
    multiple(
        "Slot S-0412 is mine then, patient 16009. And yes, it's my first time with you lot at the skin department.",
        want("book_appointment", patient_id=16009, slot_id="S-0412", first_visit=True),
        offered="find_slots book_appointment opening_hours find_patient",
    ),
    multiple(
        "My new number is 0170 555 0142, the mail stays as it is. Patient 24680.",
        want("update_contact", patient_id=24680, phone="01705550142"),
        offered="find_patient update_contact book_appointment record_reading request_prescription",
    ),
    parallel(
        "Patient 20417: pulse this morning was 64, temperature 37.2, and blood pressure 128 to 83.",
        want("record_reading", patient_id=20417, kind="pulse_bpm", value=64),
        want("record_reading", patient_id=20417, kind="temperature_c", value=37.2),
        want("record_blood_pressure", patient_id=20417, pressure=fields(systolic=128, diastolic=83)),
        offered="record_reading record_blood_pressure",
    ),
    parallel(
        "Could I see an eye doctor on 9 April 2027? And my husband needs the general practice on the same day. "
        "Time of day does not matter.",
        want("find_slots", department="eye", day="2027-04-09"),
        want("find_slots", department="general", day="2027-04-09"),
        offered="find_slots opening_hours book_appointment",
    ),
    parallel(
        "The whole family is ill: cancel 80011, 80012, 80013 and 80014, please.",
        want("cancel_appointment", appointment_id=80011),
        want("cancel_appointment", appointment_id=80012),
        want("cancel_appointment", appointment_id=80013),
        want("cancel_appointment", appointment_id=80014),
        offered="cancel_appointment find_slots",
    ),
    irrelevance(
        "My knee clicks when I climb stairs. What could that be, and should I put ice on it?",
        offered="record_blood_pressure request_prescription update_contact",
    ),
    irrelevance(
        "Please send the bill for my January visit to my insurance instead of to me. Patient 19941.",
        offered="find_patient cancel_appointment record_reading opening_hours",
    ),
    multi_step(
        "This is Jonas Feldkamp, born on 3 November 1988. Please book me in at the eye department on 11 March 2027, the earliest slot "
        "in the morning. I have been there before.",
        (
            want("find_patient", family_name="Feldkamp", birth_date="1988-11-03"),
            want("find_slots", department="eye", day="2027-03-11", part_of_day=either("morning", "any")),
            want("book_appointment", patient_id=22871, slot_id="S-0661"),
        ),
        offered="find_patient find_slots book_appointment opening_hours",
        script=(
            reply("find_patient", {"patient_id": 22871}, family_name="Feldkamp", birth_date="1988-11-03"),
            reply(
                "find_slots",
                {"slots": [{"slot_id": "S-0661", "time": "08:20"}, {"slot_id": "S-0664", "time": "10:40"}]},
                department="eye",
                day="2027-03-11",
                part_of_day="morning",
            ),
            reply(
                "find_slots",
                {
                    "slots": [
                        {"slot_id": "S-0661", "time": "08:20"},
                        {"slot_id": "S-0664", "time": "10:40"},
                        {"slot_id": "S-0670", "time": "15:00"},
                    ]
                },
                department="eye",
                day="2027-03-11",
            ),
            reply("book_appointment", {"appointment_id": 81207, "status": "booked"}, patient_id=22871, slot_id="S-0661"),
        ),
        mode="unordered",
    ),
    multi_step(
        "I'm patient 30302 and want a physio slot on Friday 5 March 2027. If there is none that day, then Monday 8 March. "
        "Book the first one you get; it's my first visit there.",
        (
            want("find_slots", department="physio", day="2027-03-05"),
            want("find_slots", department="physio", day="2027-03-08"),
            want("book_appointment", patient_id=30302, slot_id="S-0702", first_visit=True),
        ),
        offered="find_slots book_appointment cancel_appointment opening_hours",
        script=(
            reply("find_slots", {"slots": []}, department="physio", day="2027-03-05"),
            reply(
                "find_slots",
                {"slots": [{"slot_id": "S-0702", "time": "09:00"}, {"slot_id": "S-0705", "time": "11:30"}]},
                department="physio",
                day="2027-03-08",
            ),
            reply("book_appointment", {"appointment_id": 81300, "status": "booked"}, patient_id=30302, slot_id="S-0702", first_visit=True),
        ),
        traits="recovery",
    ),
    multi_step(
        "My mother, Mrs Adeyemi-Holt, born 17 June 1951, needs a new box of Carvessa 10 mg. I don't know her patient number. "
        "If the practice can't find her under that name, she may still be listed as Holt.",
        (
            want("find_patient", family_name="Adeyemi-Holt", birth_date="1951-06-17"),
            want("find_patient", family_name="Holt", birth_date="1951-06-17"),
            want("request_prescription", patient_id=11046, medicine="Carvessa", strength_mg=10),
        ),
        offered="find_patient request_prescription update_contact",
        script=(
            fails("find_patient", "no such patient", family_name="Adeyemi-Holt", birth_date="1951-06-17"),
            reply("find_patient", {"patient_id": 11046}, family_name="Holt", birth_date="1951-06-17"),
            reply(
                "request_prescription",
                {"status": "passed on", "ready": "not before tomorrow"},
                patient_id=11046,
                medicine="Carvessa",
                strength_mg=10,
            ),
        ),
        traits="recovery repeat",
    ),
)

DOMAIN = Domain(
    name="clinic",
    system="You are the front desk of the Sorrel Street clinic. Today is Monday, 2027-03-01.",
    tools=TOOLS,
    cases=_CASES,
)
