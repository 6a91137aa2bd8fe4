// The face of the engine, after all that it is made of.

const named = (machine) => (typeof machine === "string" ? { id: machine } : machine);

/**
 * What plans with the data of sizing.export, to which `add` brings more models. ``planned`` and ``plan`` take an object
 * with the names of Python's ``plan``, as ``asked_of`` has them: model, machine, context, and if need be the others; ids
 * throughout. ``plan`` gives what ``Plan.as_dict()`` gives; ``planned`` gives the engine's own answer, which can be
 * asked for other depths and prompts. Both throw SizingError with the line that Python raises.
 */
export function load(data) {
  const exported = Exported.of($dicts({ models: {}, ...data }));
  const planned = (asked) => plan(exported, asked_of(exported, $dicts({ ...asked, machine: named(asked.machine) })));
  const told = (rate) => rate && $plain(rate.as_dict());
  return {
    exported,
    asked: (question) => {
      const found = planned(question);
      return {
        record: found,
        json: () => $plain(found.as_dict()),
        decode_at: (depth) => told(found.outcome.decode_at(depth)),
        prefill_at: (prompt, depth = 0) => told(found.outcome.prefill_at(prompt, depth)),
        time_to_first_token: (prompt) => found.outcome.time_to_first_token(prompt),
      };
    },
    add: (id, model) => exported.models.set(id, $dicts(model)),
    planned,
    plan: (asked) => $plain(planned(asked).as_dict()),
  };
}

/** What an engine finds: with `search` it gets what it looks at, with `extend` models' weights in further formats. */
export function searches({ exported }) {
  let searched = null;
  /** Answers, whose plans are worked out whole when they are asked for: once all formats of their models are there. */
  const answers = (found) =>
    found.map((one) => ({ ...$plain(one.as_dict()), record: () => one.found.plan, plan: () => $plain(one.found.plan.as_dict()) }));
  return {
    search: (found) => (searched = Searched.of(exported, $dicts(found))),
    extend: (models) => {
      for (const [id, weights] of Object.entries(models)) {
        const own = exported.models.get(id)?.get("weights");
        for (const [key, one] of Object.entries(own ? weights : {})) if (!own.has(key)) own.set(key, $dicts(one));
      }
    },
    fit: (asked, question, beaten = false) =>
      answers(searched.fit(question_of($dicts(question)), $dicts({ ...asked, machine: named(asked.machine) }), beaten)),
    machines: (model, question, format = null) =>
      answers(searched.machines(question_of($dicts(question)), model, format)),
  };
}
