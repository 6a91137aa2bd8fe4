// The face of the engine, after all that it is made of.

/**
 * What plans with the data of sizing.export, to which `add` brings more models. ``planned`` and ``plan`` take an object
 * with the names of Python's ``plan``, as ``asked_of`` has them: model, machine, context, and if need be the others; ids
 * throughout. ``plan`` gives what ``Plan.as_dict()`` gives; ``planned`` gives the engine's own answer, which can be
 * asked for other depths and prompts. Both throw SizingError with the line that Python raises.
 */
export function load(data) {
  const exported = Exported.of($dicts({ models: {}, ...data }));
  const named = (machine) => (typeof machine === "string" ? { id: machine } : machine);
  const planned = (asked) => plan(exported, asked_of(exported, $dicts({ ...asked, machine: named(asked.machine) })));
  const told = (rate) => rate && $plain(rate.as_dict());
  return {
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
