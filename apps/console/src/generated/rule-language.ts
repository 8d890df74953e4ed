/** Made from docs/rule-language.md by `npm run -w @funnelwatch/console generate`; do not edit. */
import type { RuleLanguage } from '../rules/language/read-language-page.js';

export const ruleLanguage: RuleLanguage = {
  "kinds": [
    "lead",
    "deal",
    "invoice",
    "activity",
    "contact",
    "company",
    "employee",
    "portal"
  ],
  "feedbackTo": [
    "doer",
    "owner",
    "assignee",
    "creator",
    "editor",
    "head",
    "admin"
  ],
  "units": [
    {
      "name": "min",
      "type": "",
      "says": "minutes worked"
    },
    {
      "name": "h",
      "type": "",
      "says": "hours worked"
    },
    {
      "name": "wd",
      "type": "",
      "says": "the same time of day on the n-th working day after; a start outside working hours first moves to the next opening"
    },
    {
      "name": "d",
      "type": "",
      "says": "times 24 hours"
    },
    {
      "name": "clock-min",
      "type": "",
      "says": "minutes, whether worked or not"
    },
    {
      "name": "week-end",
      "type": "",
      "says": "to the end of the week (Monday to Sunday) in the zone of the portal; the amount says nothing"
    }
  ],
  "facts": [
    {
      "name": "created",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "The record was made.",
      "fields": []
    },
    {
      "name": "moved",
      "on": [
        "lead",
        "deal",
        "invoice"
      ],
      "says": "It entered a stage, the first one included.",
      "fields": [
        "from",
        "to",
        "from_type",
        "to_type",
        "from_rank",
        "to_rank",
        "from_pipeline",
        "to_pipeline",
        "skipped",
        "entry"
      ]
    },
    {
      "name": "changed",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "A field of it changed.",
      "fields": [
        "field"
      ]
    },
    {
      "name": "owner_changed",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "Its owner changed.",
      "fields": [
        "from",
        "to"
      ]
    },
    {
      "name": "rows_changed",
      "on": [
        "lead",
        "deal",
        "invoice"
      ],
      "says": "Its product rows changed.",
      "fields": []
    },
    {
      "name": "rescheduled",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "The deadline of a planned activity was moved later.",
      "fields": []
    },
    {
      "name": "call_missed",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "An incoming call was missed; on the owner of its activity.",
      "fields": []
    },
    {
      "name": "call_talked",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "A call was connected; on the owner of its activity.",
      "fields": [
        "seconds",
        "has_result",
        "is_outgoing"
      ]
    },
    {
      "name": "message_in",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "A letter or message came in; on the owner of its activity.",
      "fields": []
    },
    {
      "name": "touched",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "An outgoing touch.",
      "fields": [
        "is_outgoing"
      ]
    },
    {
      "name": "task_closed",
      "on": [
        "lead",
        "deal"
      ],
      "says": "A task bound to it was closed.",
      "fields": [
        "minutes"
      ]
    },
    {
      "name": "deal_created",
      "on": [
        "contact",
        "company"
      ],
      "says": "A deal was made of which it is the client.",
      "fields": []
    },
    {
      "name": "deal_moved",
      "on": [
        "employee"
      ],
      "says": "They moved a deal from one stage to another.",
      "fields": []
    },
    {
      "name": "activity_finished",
      "on": [
        "employee"
      ],
      "says": "They finished a planned activity.",
      "fields": [
        "is_overdue"
      ]
    },
    {
      "name": "audited",
      "on": [
        "employee"
      ],
      "says": "A sampled audit of their work was scored; `ref` is the record.",
      "fields": [
        "is_passed",
        "score"
      ]
    },
    {
      "name": "vanished",
      "on": [
        "lead",
        "deal",
        "invoice",
        "contact",
        "company"
      ],
      "says": "It was deleted or merged.",
      "fields": [
        "is_open",
        "entry"
      ]
    },
    {
      "name": "record_vanished",
      "on": [
        "portal"
      ],
      "says": "A lead, deal, contact, company or invoice was deleted or merged.",
      "fields": []
    },
    {
      "name": "configured",
      "on": [
        "portal"
      ],
      "says": "Pipelines or stages are configured differently from before.",
      "fields": []
    },
    {
      "name": "heard",
      "on": [
        "portal"
      ],
      "says": "A channel brought the first or the last of an hour: a lead, a deal from no lead, a call, letter or message.",
      "fields": [
        "channel",
        "usual_hours"
      ]
    }
  ],
  "views": [
    {
      "variable": "record",
      "kinds": [
        "lead",
        "deal",
        "invoice"
      ],
      "fields": [
        {
          "name": "id",
          "type": "string",
          "says": "Id in the portal."
        },
        {
          "name": "exists",
          "type": "bool",
          "says": "It is there: neither deleted nor merged."
        },
        {
          "name": "owner",
          "type": "string",
          "says": "User id of whoever is responsible; empty without one."
        },
        {
          "name": "creator",
          "type": "string",
          "says": "User id of whoever made it; empty when nobody is named."
        },
        {
          "name": "editor",
          "type": "string",
          "says": "User id of whoever changed it last, as far as the portal tells."
        },
        {
          "name": "created_at",
          "type": "timestamp",
          "says": "When it was made."
        },
        {
          "name": "amount",
          "type": "double",
          "says": "Kopecks; 0 without an amount."
        },
        {
          "name": "currency",
          "type": "string",
          "says": "Code of its currency, `RUB`."
        },
        {
          "name": "is_amount_manual",
          "type": "bool",
          "says": "The amount is by hand, not the sum of the product rows."
        },
        {
          "name": "source",
          "type": "string",
          "says": "Id of its source; empty without one."
        },
        {
          "name": "contact",
          "type": "string",
          "says": "Id of its first contact; empty without one."
        },
        {
          "name": "company",
          "type": "string",
          "says": "Id of its company; empty without one."
        },
        {
          "name": "lead",
          "type": "string",
          "says": "Id of the lead it was made from; empty without one."
        },
        {
          "name": "quote",
          "type": "string",
          "says": "Id of its quote; empty without one."
        },
        {
          "name": "contacts",
          "type": "double",
          "says": "How many contacts it has, those of its company included."
        },
        {
          "name": "has_channel_origin",
          "type": "bool",
          "says": "A channel (form, telephony, import) says that it came through it."
        },
        {
          "name": "title_length",
          "type": "double",
          "says": "Characters of its title."
        },
        {
          "name": "has_default_title",
          "type": "bool",
          "says": "The title is the one that the portal gives by itself."
        },
        {
          "name": "comment_length",
          "type": "double",
          "says": "Characters of its comment; of a lead, of what is said about its status."
        },
        {
          "name": "touches",
          "type": "double",
          "says": "Touches: calls connected for 10 s, outgoing letters and messages, meetings held."
        },
        {
          "name": "outgoing_touches",
          "type": "double",
          "says": "Touches without incoming calls."
        },
        {
          "name": "attempts",
          "type": "double",
          "says": "Attempts: outgoing calls connected or not, outgoing letters and messages, meetings held."
        },
        {
          "name": "planned",
          "type": "double",
          "says": "Activities that are planned and not done."
        },
        {
          "name": "has_touch",
          "type": "bool",
          "says": "There is at least one touch."
        },
        {
          "name": "files",
          "type": "double",
          "says": "Files that its activities carry."
        },
        {
          "name": "files_sent",
          "type": "double",
          "says": "Outgoing letters and messages with a file."
        },
        {
          "name": "meetings_held",
          "type": "double",
          "says": "Meetings that are done."
        },
        {
          "name": "last_touch_at",
          "type": "timestamp",
          "says": "The last touch; the creation without one. Of a company also of its contacts and deals."
        },
        {
          "name": "last_connected_at",
          "type": "timestamp",
          "says": "The last connected call, however short; 1970 without one."
        },
        {
          "name": "last_outgoing_message_at",
          "type": "timestamp",
          "says": "The last outgoing letter or message; 1970 without one."
        },
        {
          "name": "older_twins",
          "type": "double",
          "says": "Older records of its kind with the same phone or e-mail."
        },
        {
          "name": "shares_contact_with_staff",
          "type": "bool",
          "says": "An employee has the same phone or e-mail."
        },
        {
          "name": "is_open",
          "type": "bool",
          "says": "Stands in a stage in process."
        },
        {
          "name": "is_won",
          "type": "bool",
          "says": "Stands in a stage of success."
        },
        {
          "name": "is_lost",
          "type": "bool",
          "says": "Stands in a stage of failure."
        },
        {
          "name": "pipeline",
          "type": "string",
          "says": "Id of its pipeline, `deal:0`."
        },
        {
          "name": "stage",
          "type": "string",
          "says": "Id of its stage."
        },
        {
          "name": "stage_rank",
          "type": "double",
          "says": "Place of the stage among those in process and of success, from 0; -1 for lost ones."
        },
        {
          "name": "entered_stage_at",
          "type": "timestamp",
          "says": "When it entered the stage."
        },
        {
          "name": "has_expected_close",
          "type": "bool",
          "says": "An expected close is given."
        },
        {
          "name": "expected_close_end",
          "type": "timestamp",
          "says": "End of the day of the expected close, in the zone of the portal."
        },
        {
          "name": "pushes",
          "type": "double",
          "says": "How often the expected close was moved later while it was open."
        },
        {
          "name": "pushed_days",
          "type": "double",
          "says": "By how many days in all it was moved later."
        },
        {
          "name": "has_rows",
          "type": "bool",
          "says": "It has product rows."
        },
        {
          "name": "rows_sum",
          "type": "double",
          "says": "Kopecks: price times quantity of all product rows."
        },
        {
          "name": "max_discount",
          "type": "double",
          "says": "Highest discount of a product row, percent."
        },
        {
          "name": "products",
          "type": "list<string>",
          "says": "Ids of the products in its rows."
        },
        {
          "name": "open_older_twins",
          "type": "double",
          "says": "Older open records of its kind with the same phone or e-mail."
        },
        {
          "name": "open_older_namesakes",
          "type": "double",
          "says": "Older open records of its kind with the same title."
        },
        {
          "name": "learned_days",
          "type": "double",
          "says": "Of a deal: working days by which 80 % of the won ones had left its stage; 0 while not learned."
        },
        {
          "name": "learned_amount_limit",
          "type": "double",
          "says": "Of a deal: kopecks above which an amount was odd when it entered its stage; 0 while not learned."
        },
        {
          "name": "invoices_issued",
          "type": "double",
          "says": "Of a deal: invoices of it."
        },
        {
          "name": "paid_invoices",
          "type": "double",
          "says": "Of a deal: invoices of it in a stage of success."
        },
        {
          "name": "last_paid_at",
          "type": "timestamp",
          "says": "Of a deal: when the last of them was paid; 1970 without one."
        },
        {
          "name": "open_invoices_of_one_sum",
          "type": "double",
          "says": "Of a deal: most open invoices of one sum above 0."
        },
        {
          "name": "deal",
          "type": "string",
          "says": "Of an invoice: id of its deal; empty without one."
        },
        {
          "name": "has_deal",
          "type": "bool",
          "says": "Of an invoice: its deal is there."
        },
        {
          "name": "deal_last_touch_at",
          "type": "timestamp",
          "says": "Of an invoice: the last touch of its deal; 1970 without one."
        },
        {
          "name": "deal_amount",
          "type": "double",
          "says": "Of an invoice: amount of its deal, kopecks."
        },
        {
          "name": "deal_currency",
          "type": "string",
          "says": "Of an invoice: currency of its deal."
        },
        {
          "name": "deal_pipeline",
          "type": "string",
          "says": "Of an invoice: pipeline of its deal; empty without one."
        },
        {
          "name": "my_company",
          "type": "string",
          "says": "Of an invoice: id of the own company that issues it."
        },
        {
          "name": "has_due_date",
          "type": "bool",
          "says": "Of an invoice: a day is given by which it is due."
        },
        {
          "name": "due_end",
          "type": "timestamp",
          "says": "Of an invoice: end of the day by which it is due, in the zone of the portal."
        },
        {
          "name": "is_dated_before_deal",
          "type": "bool",
          "says": "Of an invoice: its date lies before the day its deal was made."
        },
        {
          "name": "older_same_numbers",
          "type": "double",
          "says": "Of an invoice: older ones with the same number."
        }
      ]
    },
    {
      "variable": "record",
      "kinds": [
        "contact",
        "company"
      ],
      "fields": [
        {
          "name": "id",
          "type": "string",
          "says": "Id in the portal."
        },
        {
          "name": "exists",
          "type": "bool",
          "says": "It is there: neither deleted nor merged."
        },
        {
          "name": "owner",
          "type": "string",
          "says": "User id of whoever is responsible; empty without one."
        },
        {
          "name": "creator",
          "type": "string",
          "says": "User id of whoever made it; empty when nobody is named."
        },
        {
          "name": "editor",
          "type": "string",
          "says": "User id of whoever changed it last, as far as the portal tells."
        },
        {
          "name": "created_at",
          "type": "timestamp",
          "says": "When it was made."
        },
        {
          "name": "amount",
          "type": "double",
          "says": "Kopecks; 0 without an amount."
        },
        {
          "name": "currency",
          "type": "string",
          "says": "Code of its currency, `RUB`."
        },
        {
          "name": "is_amount_manual",
          "type": "bool",
          "says": "The amount is by hand, not the sum of the product rows."
        },
        {
          "name": "source",
          "type": "string",
          "says": "Id of its source; empty without one."
        },
        {
          "name": "contact",
          "type": "string",
          "says": "Id of its first contact; empty without one."
        },
        {
          "name": "company",
          "type": "string",
          "says": "Id of its company; empty without one."
        },
        {
          "name": "lead",
          "type": "string",
          "says": "Id of the lead it was made from; empty without one."
        },
        {
          "name": "quote",
          "type": "string",
          "says": "Id of its quote; empty without one."
        },
        {
          "name": "contacts",
          "type": "double",
          "says": "How many contacts it has, those of its company included."
        },
        {
          "name": "has_channel_origin",
          "type": "bool",
          "says": "A channel (form, telephony, import) says that it came through it."
        },
        {
          "name": "title_length",
          "type": "double",
          "says": "Characters of its title."
        },
        {
          "name": "has_default_title",
          "type": "bool",
          "says": "The title is the one that the portal gives by itself."
        },
        {
          "name": "comment_length",
          "type": "double",
          "says": "Characters of its comment; of a lead, of what is said about its status."
        },
        {
          "name": "touches",
          "type": "double",
          "says": "Touches: calls connected for 10 s, outgoing letters and messages, meetings held."
        },
        {
          "name": "outgoing_touches",
          "type": "double",
          "says": "Touches without incoming calls."
        },
        {
          "name": "attempts",
          "type": "double",
          "says": "Attempts: outgoing calls connected or not, outgoing letters and messages, meetings held."
        },
        {
          "name": "planned",
          "type": "double",
          "says": "Activities that are planned and not done."
        },
        {
          "name": "has_touch",
          "type": "bool",
          "says": "There is at least one touch."
        },
        {
          "name": "files",
          "type": "double",
          "says": "Files that its activities carry."
        },
        {
          "name": "files_sent",
          "type": "double",
          "says": "Outgoing letters and messages with a file."
        },
        {
          "name": "meetings_held",
          "type": "double",
          "says": "Meetings that are done."
        },
        {
          "name": "last_touch_at",
          "type": "timestamp",
          "says": "The last touch; the creation without one. Of a company also of its contacts and deals."
        },
        {
          "name": "last_connected_at",
          "type": "timestamp",
          "says": "The last connected call, however short; 1970 without one."
        },
        {
          "name": "last_outgoing_message_at",
          "type": "timestamp",
          "says": "The last outgoing letter or message; 1970 without one."
        },
        {
          "name": "older_twins",
          "type": "double",
          "says": "Older records of its kind with the same phone or e-mail."
        },
        {
          "name": "shares_contact_with_staff",
          "type": "bool",
          "says": "An employee has the same phone or e-mail."
        },
        {
          "name": "phones",
          "type": "double",
          "says": "How many phones it has."
        },
        {
          "name": "emails",
          "type": "double",
          "says": "How many e-mails it has."
        },
        {
          "name": "has_wrong_phone",
          "type": "bool",
          "says": "A phone of it cannot be one."
        },
        {
          "name": "has_wrong_email",
          "type": "bool",
          "says": "An e-mail of it cannot be one, or is a dummy."
        },
        {
          "name": "has_odd_name",
          "type": "bool",
          "says": "Its name or last name is one of a company, or a placeholder."
        },
        {
          "name": "open_deals",
          "type": "list<ClientDeal>",
          "says": "Its open deals, each with `ref` (`deal:12`), `pipeline`, `stage` and `owner`."
        },
        {
          "name": "requisites",
          "type": "double",
          "says": "How many requisites it has."
        },
        {
          "name": "wrong_requisites",
          "type": "double",
          "says": "Requisites with a wrong INN, KPP, OGRN or OGRNIP."
        },
        {
          "name": "invoices",
          "type": "double",
          "says": "Invoices made out to it."
        },
        {
          "name": "older_companies",
          "type": "double",
          "says": "Older companies with the same INN, or the same name and city."
        }
      ]
    },
    {
      "variable": "activity",
      "kinds": [
        "activity"
      ],
      "fields": [
        {
          "name": "id",
          "type": "string",
          "says": "Id in the portal."
        },
        {
          "name": "type",
          "type": "string",
          "says": "`meeting`, `call`, `task`, `mail`, `message` or `todo`."
        },
        {
          "name": "is_planned",
          "type": "bool",
          "says": "It is planned and not done; incoming calls and letters never are."
        },
        {
          "name": "has_deadline",
          "type": "bool",
          "says": "It has a deadline."
        },
        {
          "name": "deadline",
          "type": "timestamp",
          "says": "Its deadline; 1970 without one."
        },
        {
          "name": "has_end",
          "type": "bool",
          "says": "It is to end at an instant."
        },
        {
          "name": "end_at",
          "type": "timestamp",
          "says": "When it is to end, or its deadline; 1970 without either."
        },
        {
          "name": "bound_kinds",
          "type": "list<string>",
          "says": "Kinds of the records it is bound to, the one of its owner first."
        },
        {
          "name": "assignee",
          "type": "string",
          "says": "User id of whoever is to do it."
        },
        {
          "name": "author",
          "type": "string",
          "says": "User id of whoever made it."
        }
      ]
    },
    {
      "variable": "employee",
      "kinds": [
        "employee"
      ],
      "fields": [
        {
          "name": "id",
          "type": "string",
          "says": "User id."
        },
        {
          "name": "is_active",
          "type": "bool",
          "says": "The account is open."
        },
        {
          "name": "open_records",
          "type": "double",
          "says": "Open leads and deals they own."
        },
        {
          "name": "open_deals",
          "type": "double",
          "says": "Open deals they own."
        },
        {
          "name": "owned",
          "type": "list<string>",
          "says": "Open leads and deals they own, `deal:12`."
        },
        {
          "name": "off_hours_moves_in_week",
          "type": "double",
          "says": "Deals they moved outside working hours since Monday."
        },
        {
          "name": "is_working_time",
          "type": "bool",
          "says": "It is working time of the portal."
        },
        {
          "name": "audit_score",
          "type": "double",
          "says": "Percent of the last sampled audit of their work; 0 before the first, and where nothing applied."
        }
      ]
    }
  ],
  "factFields": [
    {
      "name": "type",
      "type": "string",
      "says": "Type of the fact, for rules that fire at several."
    },
    {
      "name": "at",
      "type": "timestamp",
      "says": "When it happened."
    },
    {
      "name": "by",
      "type": "string",
      "says": "User id of whoever did it; empty when nobody is named."
    },
    {
      "name": "ref",
      "type": "string",
      "says": "The record, activity or configuration that it is about, `activity:7`."
    },
    {
      "name": "from",
      "type": "string",
      "says": "Stage or owner before; empty without one."
    },
    {
      "name": "to",
      "type": "string",
      "says": "Stage or owner after."
    },
    {
      "name": "from_type",
      "type": "string",
      "says": "Type of the stage before: `P`, `S`, `F`; empty for the first entry."
    },
    {
      "name": "to_type",
      "type": "string",
      "says": "Type of the stage after."
    },
    {
      "name": "from_rank",
      "type": "double",
      "says": "Rank of the stage before; -1 for a lost one and without one."
    },
    {
      "name": "to_rank",
      "type": "double",
      "says": "Rank of the stage after; -1 for a lost one."
    },
    {
      "name": "from_pipeline",
      "type": "string",
      "says": "Pipeline before; empty for the first entry."
    },
    {
      "name": "to_pipeline",
      "type": "string",
      "says": "Pipeline after."
    },
    {
      "name": "skipped",
      "type": "list<string>",
      "says": "Stages passed over that the record never entered."
    },
    {
      "name": "entry",
      "type": "string",
      "says": "How a stage was entered (`created`, `moved`, …), or how a record vanished (`deleted`, `merged`)."
    },
    {
      "name": "field",
      "type": "string",
      "says": "Field that changed."
    },
    {
      "name": "seconds",
      "type": "double",
      "says": "Length of the call."
    },
    {
      "name": "minutes",
      "type": "double",
      "says": "Minutes from making to closing a task."
    },
    {
      "name": "is_open",
      "type": "bool",
      "says": "Whether what vanished was open."
    },
    {
      "name": "is_outgoing",
      "type": "bool",
      "says": "Whether the call or touch went out from us."
    },
    {
      "name": "is_overdue",
      "type": "bool",
      "says": "Whether the activity was past its deadline."
    },
    {
      "name": "is_passed",
      "type": "bool",
      "says": "Whether the audit was passed."
    },
    {
      "name": "score",
      "type": "double",
      "says": "Percent of the audit."
    },
    {
      "name": "has_result",
      "type": "bool",
      "says": "Whether the call has a comment or its activity a description."
    },
    {
      "name": "channel",
      "type": "string",
      "says": "Id of the source of a lead or deal; `calls`, `mail` or `messages` of an incoming activity."
    },
    {
      "name": "usual_hours",
      "type": "double",
      "says": "Working hours for which the channel may be silent as usual; 0 while not learned."
    }
  ],
  "functions": [
    {
      "name": "number",
      "receiver": "",
      "type": "number(dyn): double",
      "says": "A parameter as a number: number(params.days)."
    },
    {
      "name": "abs",
      "receiver": "",
      "type": "abs(double): double",
      "says": "The number without its sign."
    },
    {
      "name": "later",
      "receiver": "",
      "type": "later(timestamp, timestamp): timestamp",
      "says": "The later of two instants."
    },
    {
      "name": "hours_between",
      "receiver": "",
      "type": "hours_between(timestamp, timestamp): double",
      "says": "Hours from one instant to the other, whether worked or not."
    },
    {
      "name": "days_after",
      "receiver": "",
      "type": "days_after(timestamp, dyn): timestamp",
      "says": "The instant so many times 24 hours later."
    },
    {
      "name": "working_days_after",
      "receiver": "Calendar",
      "type": "working_days_after(timestamp, dyn): timestamp",
      "says": "calendar: the same time of day so many working days later."
    },
    {
      "name": "filled",
      "receiver": "Record",
      "type": "filled(dyn): bool",
      "says": "A field, also one of the portal’s own, has a value: not blank, not a no."
    },
    {
      "name": "value",
      "receiver": "Record",
      "type": "value(dyn): string",
      "says": "The value of a field as a text; empty without one, and for sealed texts."
    },
    {
      "name": "visited",
      "receiver": "Record",
      "type": "visited(string): bool",
      "says": "It ever entered a stage."
    },
    {
      "name": "rewritten",
      "receiver": "Record",
      "type": "rewritten(string, timestamp): bool",
      "says": "A text of it was written anew at an instant or after it."
    },
    {
      "name": "changed_since",
      "receiver": "Record",
      "type": "changed_since(dyn, timestamp): bool",
      "says": "A field of it changed at an instant or after it."
    },
    {
      "name": "changes_within",
      "receiver": "Record",
      "type": "changes_within(string, dyn): double",
      "says": "How often a field changed within the last minutes."
    },
    {
      "name": "forward_moves_within",
      "receiver": "Record",
      "type": "forward_moves_within(dyn, string): double",
      "says": "Moves forward within the last minutes, those known to be another person’s left out."
    },
    {
      "name": "owner_changes_within",
      "receiver": "Record",
      "type": "owner_changes_within(dyn): double",
      "says": "Changes of the owner since the last touch and within the last working days."
    },
    {
      "name": "touched_between",
      "receiver": "Record",
      "type": "touched_between(timestamp, timestamp): bool",
      "says": "There is a touch between two instants, both included."
    },
    {
      "name": "acted_after",
      "receiver": "Record",
      "type": "acted_after(string, timestamp): bool",
      "says": "After an instant it was moved or changed, an activity other than this one made or done, or a result of this one written."
    },
    {
      "name": "reschedules",
      "receiver": "Record",
      "type": "reschedules(string): double",
      "says": "How often the deadline of an activity was moved later since the last touch."
    },
    {
      "name": "called_near_creation",
      "receiver": "Record",
      "type": "called_near_creation(dyn): bool",
      "says": "An incoming call with its phone, not bound to it, began within so many hours of its creation."
    },
    {
      "name": "missing_proofs",
      "receiver": "Record",
      "type": "missing_proofs(string, dyn): list<string>",
      "says": "Proofs that a stage demands by a map of stage to list, and that are not there."
    },
    {
      "name": "proven",
      "receiver": "Record",
      "type": "proven(list<string>, dyn): bool",
      "says": "All these stages demand proofs by the map, and all are there."
    },
    {
      "name": "missing_fields",
      "receiver": "Record",
      "type": "missing_fields(dyn): list<string>",
      "says": "Fields that its stage or a lower one requires by a map of stage to list, and that are empty or a placeholder."
    },
    {
      "name": "filled",
      "receiver": "Client",
      "type": "filled(dyn): bool",
      "says": "A field, also one of the portal’s own, has a value: not blank, not a no."
    },
    {
      "name": "value",
      "receiver": "Client",
      "type": "value(dyn): string",
      "says": "The value of a field as a text; empty without one, and for sealed texts."
    },
    {
      "name": "lost_within",
      "receiver": "Client",
      "type": "lost_within(dyn, string): double",
      "says": "Deals of which it is the client, but for one, that stand lost and were lost within so many days."
    },
    {
      "name": "owners_of_open_deals",
      "receiver": "Client",
      "type": "owners_of_open_deals(dyn): double",
      "says": "Different owners of its open deals, those of a list left out."
    },
    {
      "name": "moves_within",
      "receiver": "Employee",
      "type": "moves_within(dyn): double",
      "says": "Deals they moved within the last minutes."
    },
    {
      "name": "overdue_finished_within",
      "receiver": "Employee",
      "type": "overdue_finished_within(dyn): double",
      "says": "Activities past their deadline that they finished within the last minutes."
    },
    {
      "name": "failed_audit",
      "receiver": "Employee",
      "type": "failed_audit(string): bool",
      "says": "A sampled audit of that record of theirs stands as failed."
    },
    {
      "name": "month_ends_within",
      "receiver": "Employee",
      "type": "month_ends_within(dyn): bool",
      "says": "It is one of the last days of a month; always for 0."
    },
    {
      "name": "vanished_within",
      "receiver": "Portal",
      "type": "vanished_within(dyn): double",
      "says": "Records that vanished within the last minutes."
    },
    {
      "name": "heard_since",
      "receiver": "Portal",
      "type": "heard_since(string, timestamp): bool",
      "says": "A channel brought something later than that."
    }
  ],
  "builtIns": [
    "exists",
    "exists_one",
    "all",
    "filter",
    "map",
    "has",
    "size",
    "startsWith",
    "endsWith",
    "contains",
    "trim",
    "lowerAscii",
    "string",
    "int",
    "double",
    "timestamp",
    "duration",
    "dyn"
  ],
  "receivers": {
    "Record": [
      "lead",
      "deal",
      "invoice"
    ],
    "Client": [
      "contact",
      "company"
    ],
    "Activity": [
      "activity"
    ],
    "Employee": [
      "employee"
    ],
    "Portal": [
      "portal"
    ],
    "Calendar": [
      "lead",
      "deal",
      "invoice",
      "activity",
      "contact",
      "company",
      "employee",
      "portal"
    ]
  }
};
