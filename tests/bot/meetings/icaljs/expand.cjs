// Reads a list of {file, begin, end} from standard input, and prints what ical.js makes of each:
// [start, length] of every session that begins within, in seconds.
const library = require("./ical.min.cjs");
const ICAL = library.default || library;
const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
const out = cases.map(({file, begin, end}) => {
  const root = new ICAL.Component(ICAL.parse(file));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const found = [];
  const components = root.getAllSubcomponents("vevent");
  for (const component of components) {
    if (component.hasProperty("recurrence-id")) continue;
    const event = new ICAL.Event(component);
    const uid = component.getFirstPropertyValue("uid");
    for (const other of components)
      if (other.hasProperty("recurrence-id") && other.getFirstPropertyValue("uid") === uid) event.relateException(other);
    if (component.getFirstPropertyValue("status") === "CANCELLED") continue;
    const last = end + 40 * 86400;
    if (!event.isRecurring()) { found.push([event.startDate.toUnixTime(), event.duration.toSeconds()]); continue; }
    const iterator = event.iterator();
    for (let next; (next = iterator.next()); ) {
      if (next.toUnixTime() > last) break;
      const details = event.getOccurrenceDetails(next);
      found.push([details.startDate.toUnixTime(), details.item.duration.toSeconds()]);
    }
  }
  return found.filter(([at]) => begin <= at && at < end).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
});
process.stdout.write(JSON.stringify(out));
