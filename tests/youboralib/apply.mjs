// node apply.mjs CALLS.jsonl [TAIL]
//
// Reads what `videospec simulate Youbora` writes, makes the same calls on the real youboralib, and prints every request
// that the library sends to NPAW as a JSON line: {"at", "line", "service", "view", "params"}. `line` is the TRACKS line
// that the clock had reached. This shows what is lost inside the vendor's library, where no sender can mend it. TAIL is
// for how many seconds the clock goes on after the last line (default 0), to see whether pings go on.
//
// The library only meets a browser through XMLHttpRequest, the storages, Date and the timers: these are replaced.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as clock from './clock.mjs'

const PING_SECONDS = 5 // the library's own default, which NPAW's /data answer normally confirms
const ANSWER = JSON.stringify({ q: { h: 'npaw.invalid', c: 'U_account', pt: PING_SECONDS, i: { bt: 30, exp: 300 } } })
// They say nothing of what the viewer did, and would make every line differ.
const NOISE = ['timemark', 'system', 'sessionRoot', 'pluginVersion', 'libVersion', 'requestNumber', 'outputformat', 'code',
  'deviceInfo', 'deviceUUID', 'navContext', 'parentId', 'random']

let line = 0

class Storage extends Map {
  getItem (key) { return this.has(key) ? this.get(key) : null }
  setItem (key, value) { this.set(key, String(value)) }
  removeItem (key) { this.delete(key) }
}

class Xhr {
  constructor () { this.loaded = [] }
  addEventListener (event, callback) { if (event === 'load') this.loaded.push(callback) }
  setRequestHeader () {}
  open (method, url) { this.url = new URL(url, 'https://npaw.invalid') }

  send () {
    const params = Object.fromEntries(this.url.searchParams)
    const view = params.code
    for (const name of NOISE) delete params[name]
    print({ at: clock.iso(), line, service: this.url.pathname, view, params })
    this.response = this.url.pathname === '/data' ? ANSWER : ''
    // An answer never comes in the same turn: what is sent meanwhile has to wait, as in a browser.
    setTimeout(() => this.loaded.forEach((callback) => callback({ target: this })), 1)
  }
}

function print (value) {
  process.stdout.write(JSON.stringify(value) + '\n')
}

clock.install()
Object.assign(globalThis, { XMLHttpRequest: Xhr, localStorage: new Storage(), sessionStorage: new Storage() })
const youbora = createRequire(import.meta.url)('youboralib')
youbora.Log.logLevel = youbora.Log.Level.SILENT

/** The objects of one session. A getter gives what the simulator said the integration would give at that call. */
class View {
  constructor (options) {
    this.plugin = new youbora.Plugin(options)
    this.made = []
    this.reads = {}
  }

  answer (adapter, ...getters) {
    for (const name of getters) adapter[name] = () => this.reads[name]
    return adapter
  }
}

const CALLS = {
  'new Adapter': (view) => view.made.push(new youbora.Adapter()),
  'Plugin.setAdapter': (view) =>
    view.plugin.setAdapter(view.answer(view.made.shift(), 'getBitrate', 'getPlayhead', 'getFramesPerSecond')),
  'Plugin.setAdsAdapter': (view) => view.plugin.setAdsAdapter(view.answer(view.made.shift(), 'getPosition'))
}
const OWNERS = {
  Plugin: (view) => view.plugin,
  Adapter: (view) => view.plugin.getAdapter(),
  AdsAdapter: (view) => view.plugin.getAdsAdapter()
}

function apply (entry, views) {
  if (entry.call === 'new Plugin') views.set(entry.session, new View(entry.args[0]))
  const view = views.get(entry.session)
  if (entry.reads) view.reads = entry.reads
  if (!entry.call || entry.call === 'new Plugin') return
  const special = CALLS[entry.call]
  if (special) return special(view)
  const [owner, method] = entry.call.split('.')
  OWNERS[owner](view)[method](...entry.args)
}

const [file, tail = '0'] = process.argv.slice(2)
const entries = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((text) => JSON.parse(text))
const views = new Map()
for (const entry of entries) {
  if ('throws' in entry) continue // the integration never reached the library
  clock.moveTo(new Date(entry.at).getTime())
  line = entry.line
  apply(entry, views)
}
clock.moveTo(Date.now() + 1 + Number(tail) * 1000)
process.exit(0)
