// A clock that only moves when told to. It has to be in place before youboralib is loaded, as the library takes Date and
// setTimeout from the global object.

const SystemDate = Date
let now = 0
let lastId = 0
const timers = new Map()

class ClockDate extends SystemDate {
  constructor (...parts) {
    super(...(parts.length ? parts : [now]))
  }

  static now () {
    return now
  }
}

function timer (repeat) {
  return (callback, delay = 0, ...args) => {
    const wait = Math.max(1, delay)
    timers.set(++lastId, { callback: () => callback(...args), due: now + wait, every: repeat ? wait : 0 })
    return lastId
  }
}

const forget = (id) => timers.delete(id)

export function install () {
  Object.assign(globalThis, {
    Date: ClockDate,
    setTimeout: timer(false),
    setInterval: timer(true),
    clearTimeout: forget,
    clearInterval: forget
  })
}

export const iso = () => new SystemDate(now).toISOString()

/** Moves to `instant` (ms), firing what falls due on the way in order of time, then of creation. */
export function moveTo (instant) {
  for (;;) {
    let next = null
    for (const [id, entry] of timers) {
      if (entry.due <= instant && (!next || entry.due < next.entry.due)) next = { id, entry }
    }
    if (!next) break
    const { id, entry } = next
    now = Math.max(now, entry.due)
    if (entry.every) entry.due += entry.every
    else timers.delete(id)
    entry.callback()
  }
  now = Math.max(now, instant)
}
