"""A statistical office: datasets, yearly series by region, a register of companies, and saved queries."""
