/**
 * What do people mean by a machine's name? For a page whose engine answers in a thread of its own: what reads names, of
 * the same version, with the lists that the engine gives.
 */
export { ANY_PROCESSOR, machineOf, plainly, rated } from "./VERSION/names.mjs";
