-- Lists of one session and one person made PostgreSQL plan every statement of append_updates anew at each letter: half
-- of its time. All of them look up by key, so the plan for any list is the plan for this one.
ALTER FUNCTION append_updates SET plan_cache_mode = force_generic_plan;
