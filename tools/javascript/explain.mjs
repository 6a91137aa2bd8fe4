// The face of what explains plans, after all that it is made of.

const $machine = (said) => (typeof said === "string" ? { id: said } : said);

/**
 * What explains plans with the data of sizing.export, and the `facts` of sizing.export.explained. What comes back takes a
 * question in the engine's words, the numbers of the models that it names, by id, and the facts of the one that it is
 * about, and gives what `Plan.explain()` gives, as JSON. Throws SizingError with the line that Python raises.
 */
export const explainer = (data, facts) => {
  const exported = Exported.of($dicts({ models: {}, ...data }));
  const told = $dicts(facts);
  return (asked, models, own) => {
    for (const [id, numbers] of Object.entries(models)) exported.models.set(id, $dicts(numbers));
    const question = $dicts({ ...asked, machine: $machine(asked.machine) });
    const steps = explained(plan(exported, asked_of(exported, question)), question, told, $dicts(own));
    return steps.map((step) => $plain(step.as_dict()));
  };
};

export { $SizingError as SizingError };
