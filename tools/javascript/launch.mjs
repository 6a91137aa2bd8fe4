// The face of what a start says, after all that it is made of.

/**
 * How a plan is started: of its JSON, and of the facts beside it (`sizing.launch.facts`), what `Plan.launch` gives, as
 * JSON. `asked` may say {host, port, source, nodes, shell}. Throws SizingError with the line that Python raises.
 */
export const launch = (plan, facts, { host, port, source, nodes, shell } = {}) => {
  const found = launched($dicts(plan), $dicts(facts), new Asked(host, port, source, nodes, shell));
  return found && found.map((one) => $plain(one.as_dict()));
};
