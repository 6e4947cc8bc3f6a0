"""The names and figures that the records of the tools environment are made of, all invented."""

from __future__ import annotations

# What one euro was at the start.
PARITIES = {
    "USD": 1.0862, "GBP": 0.8415, "CHF": 0.9537, "SEK": 11.214, "NOK": 11.632, "DKK": 7.4589, "PLN": 4.2138, "CZK": 25.061, "HUF": 401.35,
    "JPY": 161.48, "CNY": 7.8264, "INR": 93.175, "AUD": 1.7249, "CAD": 1.5518, "NZD": 1.8873, "BRL": 6.2094, "ZAR": 19.876,
}  # fmt: skip

# Region, latitude and longitude of its middle, places.
PLACES = (
    ("Aldmark", 52.4, 8.1, (
        "Hohenried", "Selbeck", "Wittmar Hafen", "Tannfurt", "Oberlinden", "Krohndorf", "Maarbach", "Rehmte", "Aschenau",
    )),
    ("Brennach", 47.9, 12.6, (
        "Sankt Veltin", "Gossleiten", "Pfarrkogel", "Ursprung am See", "Hallwang Tor", "Dornegg", "Zirbental", "Mitterstein",
    )),
    ("Costa Ferra", 39.7, -0.9, (
        "Villaroja", "Puerto Almena", "Santa Brisa", "Torrequinta", "Olivares del Mar", "Montelar", "Cala Perdiz", "Fuenteseca", "Alcorba",
    )),
    ("Dunholm", 54.9, -2.4, (
        "Kelsfield", "Harrow Tyne", "Wexcombe", "Stannerby", "Little Orrick", "Upper Dale", "Cressmouth", "Barnoldby", "Thornwick",
    )),
    ("Eastmarsh", 51.6, 4.4, (
        "Nieuwerdam", "Oosterlo", "Zandkreek", "Hoogmeer", "Polderwijk", "Vlasakker", "Steenhaven", "Breskerke",
    )),
    ("Fjellnor", 61.3, 9.8, (
        "Storvik Sund", "Hagafoss", "Lilleheim", "Granvatn", "Nordelva", "Bjorkerud", "Tverrdal", "Ravnes", "Skogstad",
    )),
)  # fmt: skip

BRANDS = ("Hollyfield", "Gutmann & Sohn", "La Serrana", "Northbarn", "Fattoria Lume", "Oatcroft", "Bonne Halte", "Kaldvik")
# Category; grams of sugar, fat, starch and salt in 100 grams, from and to; allergens that all of them have; products.
GROCERIES = (
    ("bread", (1, 6), (1, 9), (38, 50), (0.6, 1.6), ("gluten",), (
        "Dark Rye Loaf", "Sunflower Seed Rolls", "Country Sourdough", "Spelt Toast", "Walnut Baguette", "Oat Crispbread", "Olive Ciabatta",
        "Pumpernickel Slices", "Sesame Bagels", "Milk Rolls",
    )),
    ("bread", (1, 4), (1, 5), (40, 52), (0.5, 1.4), (), ("Corn Flatbread", "Buckwheat Crackerbread", "Rice Cakes with Sesame")),
    ("cereals", (2, 28), (2, 16), (40, 58), (0, 0.8), ("gluten",), (
        "Honey Oat Crunch", "Five Grain Porridge", "Barley Flakes", "Bircher Muesli", "Maple Granola", "Apple Cinnamon Hoops",
        "Date and Hazelnut Muesli", "Milk Chocolate Clusters",
    )),
    ("cereals", (4, 30), (1, 6), (50, 62), (0, 0.9), (), ("Cocoa Puffed Rice", "Plain Corn Flakes", "Quinoa Pops")),
    ("dairy", (2, 16), (0, 12), (0, 3), (0, 0.4), ("milk",), (
        "Plain Yoghurt", "Strawberry Yoghurt", "Vanilla Quark", "Buttermilk", "Sheep Yoghurt", "Hazelnut Yoghurt", "Kefir", "Mango Lassi",
    )),
    ("dairy", (0, 3), (18, 36), (0, 1), (0.4, 1.9), ("milk",), (
        "Mountain Cheese", "Soft Goat Cheese", "Smoked Cheese Slices", "Herb Cream Cheese", "Walnut Brie",
    )),
    ("drinks", (0, 12), (0, 0.4), (0, 1), (0, 0.3), (), (
        "Cloudy Apple Juice", "Elderflower Spritz", "Blood Orange Juice", "Iced Green Tea", "Soy Drink", "Ginger Lemonade", "Tomato Juice",
        "Cold Brew Coffee", "Rhubarb Cordial", "Carrot Juice", "Almond Drink",
    )),
    ("sauces", (2, 24), (0, 12), (1, 8), (0.5, 2.4), (), (
        "Basil Tomato Sauce", "Smoky Ketchup", "Sweet Chilli Sauce", "Dark Soy Sauce", "Grain Mustard", "Green Curry Sauce",
        "Roasted Pepper Relish", "Peanut Satay Sauce",
    )),
    ("sauces", (1, 6), (30, 62), (0, 3), (0.6, 1.8), (), ("Garlic Mayonnaise", "Tahini Dressing", "Horseradish Cream", "Egg Remoulade")),
    ("snacks", (0, 6), (18, 36), (35, 50), (0.8, 2.2), (), (
        "Sea Salt Crisps", "Paprika Lentil Chips", "Chickpea Puffs", "Beetroot Crisps", "Sesame Rice Bites",
    )),
    ("snacks", (1, 8), (5, 24), (42, 58), (0.9, 2.6), ("gluten",), ("Cheese Crackers", "Pretzel Sticks", "Rosemary Grissini")),
    ("snacks", (3, 22), (40, 52), (4, 12), (0, 1.1), (), ("Roasted Almonds", "Salted Peanuts", "Hazelnut Trail Mix", "Smoked Almonds")),
    ("spreads", (3, 12), (44, 56), (4, 9), (0, 0.9), (), ("Crunchy Peanut Butter", "Almond Butter", "Sesame Spread")),
    ("spreads", (46, 58), (28, 36), (0, 4), (0, 0.3), ("milk",), ("Hazelnut Cocoa Spread", "Caramel Spread")),
    ("spreads", (38, 80), (0, 0.3), (0, 1), (0, 0.1), (), (
        "Apricot Jam", "Blackcurrant Jam", "Forest Honey", "Orange Marmalade", "Plum Jam",
    )),
    ("sweets", (28, 54), (26, 38), (2, 9), (0, 0.5), ("soy",), (
        "Dark Chocolate with Sea Salt", "Milk Chocolate Bar", "Almond Nougat", "Hazelnut Pralines", "Peanut Brittle",
    )),
    ("sweets", (52, 82), (0, 0.5), (2, 12), (0, 0.2), (), (
        "Liquorice Drops", "Raspberry Gums", "Peppermint Pastilles", "Elderberry Drops",
    )),
    ("sweets", (22, 40), (14, 26), (28, 40), (0.2, 0.9), ("gluten",), (
        "Ginger Biscuits", "Oat Cookies", "Almond Biscotti", "Butter Shortbread",
    )),
)  # fmt: skip
# An allergen that a word in the name gives away.
TELLING = {
    "almond": "nuts", "hazelnut": "nuts", "walnut": "nuts", "pralines": "nuts", "nougat": "nuts", "peanut": "peanuts", "sesame": "sesame",
    "tahini": "sesame", "soy": "soy", "mayonnaise": "eggs", "egg": "eggs", "remoulade": "eggs", "milk": "milk", "cheese": "milk",
    "cream": "milk", "shortbread": "milk", "biscotti": "eggs",
}  # fmt: skip

# The colour around which a collection lies, and its paints.
SHADES = {
    "meadow": ((150, 175, 105), (
        "Clover Lane", "Hay Barn", "Young Nettle", "Cuckoo Flower", "Lime Blossom", "Dew at Six", "Orchard Wall", "Moss Garden",
        "Pear Skin", "Fern Shade", "Thistle Down", "Sorrel",
    )),
    "harbour": ((80, 125, 175), (
        "Night Ferry", "Tide Table", "Gull Feather", "Rope Walk", "Harbour Mist", "Deep Mooring", "Signal Blue", "Salt Stain",
        "Oilskin", "Slipway", "Lighthouse Glass", "Cold Current",
    )),
    "ember": ((190, 95, 65), (
        "Fox Coat", "Brick Kiln", "Hot Paprika", "Last Coal", "Rust Gate", "Blood Orange Peel", "Copper Pan", "Chestnut Fire",
        "Clay Court", "Saffron Thread", "Red Squirrel", "Burnt Sugar",
    )),
    "quarry": ((140, 135, 130), (
        "Chalk Cut", "Wet Slate", "Gravel Drive", "Flint Edge", "Marble Vein", "Iron Dust", "Limestone Sill", "Granite Step",
        "Ash Cloud", "Pebble Beach", "Basalt", "Quartz Seam",
    )),
}  # fmt: skip

TODO = (
    ("Renew the passport", ("admin",)), ("Book a dentist appointment", ("health",)), ("Prune the apple tree", ("garden",)),
    ("Return the library books", ("errand",)), ("Write the quarterly report", ("work",)), ("Repair the bicycle light", ("home",)),
    ("Pay the water bill", ("admin", "home")), ("Buy a birthday present for Marek", ("errand",)), ("Review the budget draft", ("work",)),
    ("Order seed potatoes", ("garden", "errand")), ("Learn the irregular verbs", ("study",)), ("Replace the smoke detector", ("home",)),
    ("Send the tax documents", ("admin",)), ("Collect the dry cleaning", ("errand",)), ("Prepare the workshop slides", ("work",)),
    ("Schedule the eye test", ("health",)), ("Fix the leaking tap", ("home",)), ("Sow the spring salad", ("garden",)),
    ("Read chapter nine of the statistics book", ("study",)), ("Cancel the gym membership", ("admin", "health")),
    ("Call the chimney sweep", ("home",)), ("Update the emergency contacts", ("admin", "work")), ("Pick up the parcel", ("errand",)),
    ("Clean the greenhouse windows", ("garden",)), ("Practise the piano piece", ("study",)), ("Submit the travel expenses", ("work",)),
    ("Get the flu vaccination", ("health",)), ("Paint the garden fence", ("garden", "home")), ("Back up the photo archive", ("home",)),
    ("Plan the team offsite", ("work",)), ("Sort the recycling", ("home", "errand")), ("Apply for a parking permit", ("admin",)),
    ("Finish the online course", ("study", "work")), ("Sharpen the kitchen knives", ("home",)), ("Refill the first aid kit", ("health",)),
    ("Turn the compost", ("garden",)), ("Interview the two candidates", ("work",)), ("Translate the cover letter", ("study",)),
    ("Exchange the winter tyres", ("errand",)), ("Register the new bicycle", ("admin",)),
)  # fmt: skip
