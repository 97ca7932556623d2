// A log told to Snowplow's media plugin and tracker core, as a page would tell it, without the browser around them.
//
//     node snowplow.mjs LOG OUTPUT [--parse-only]
//
// The plugin has one function for each thing that a player does. Its pings come of a timer; here they fall due in the
// log's own time, at the session's next line. Payloads are written as JSON, one a line. --parse-only reads and parses,
// no more: what Node itself costs.
import fs from 'node:fs'

const [log, output, only] = process.argv.slice(2)
const PING_S = 10

const pings = new Map()
let timer = null
globalThis.window = globalThis
globalThis.setInterval = (callback) => {
  timer = callback
  return 0
}
globalThis.clearInterval = () => {}

const media = await import('@snowplow/browser-plugin-media')
const { trackerCore } = await import('@snowplow/tracker-core')

const sink = fs.openSync(output, 'w')
let waiting = ''
let told = 0
const core = trackerCore({
  base64: false,
  callback: (payload) => {
    waiting += JSON.stringify(payload.build()) + '\n'
    told += 1
    if (waiting.length > 1 << 16) flush()
  }
})
media.SnowplowMediaPlugin().activateBrowserPlugin({ id: 'sp', core, updatePageActivity () {} })

function flush () {
  fs.writeSync(sink, waiting)
  waiting = ''
}

function playerOf (state) {
  return {
    currentTime: state.currentTime ?? 0,
    duration: state.duration,
    ended: state.ended,
    fullscreen: state.fullscreen,
    muted: state.muted,
    paused: state.paused ?? true,
    playbackRate: state.playbackRate,
    volume: Math.round((state.volume ?? 1) * 100)
  }
}

// What a native event is called, and what it is told with beside the player.
const SAID = {
  play: ['Play'],
  pause: ['Pause'],
  seeking: ['SeekStart'],
  seeked: ['SeekEnd'],
  waiting: ['BufferStart'],
  playing: ['BufferEnd'],
  ended: ['End'],
  ratechange: ['PlaybackRateChange', (line) => ({ newRate: line.state.playbackRate })],
  volumechange: ['VolumeChange', (line) => ({ newVolume: Math.round(line.state.volume * 100) })],
  fullscreenchange: ['FullscreenChange', (line) => ({ fullscreen: line.state.fullscreen })],
  resize: ['QualityChange', (line) => ({ newQuality: `${line.state.height}p` })],
  hlsInterstitialStarted: ['AdBreakStart', (line) => ({ adBreak: { breakId: line.data?.event?.identifier ?? 'break' } })],
  hlsInterstitialAssetStarted: ['AdStart', (line) => ({ ad: { adId: line.data?.asset?.identifier ?? 'ad' } })],
  hlsInterstitialAssetEnded: ['AdComplete'],
  hlsInterstitialEnded: ['AdBreakEnd']
}

function hear (line) {
  const id = line.session
  if (!pings.has(id)) {
    media.startMediaTracking({ id, pings: { pingInterval: PING_S }, filterOutRepeatedEvents: false })
    pings.set(id, { ping: timer, due: line.t + PING_S * 1000 })
  }
  if (!line.state) return
  const args = { id, player: playerOf(line.state) }
  const said = SAID[line.type]
  if (said) media[`trackMedia${said[0]}`]({ ...args, ...said[1]?.(line) })
  else if (line.type === 'timeupdate') media.updateMediaTracking(args)
  const clock = pings.get(id)
  while (clock.due <= line.t) {
    clock.ping()
    clock.due += PING_S * 1000
  }
  if (line.type === 'pagehide') {
    media.endMediaTracking({ id })
    pings.delete(id)
  }
}

const source = fs.openSync(log, 'r')
const piece = Buffer.alloc(1 << 16)
let rest = ''
for (let size; (size = fs.readSync(source, piece)) > 0;) {
  const lines = (rest + piece.toString('latin1', 0, size)).split('\n')
  rest = lines.pop()
  for (const text of lines) {
    const line = JSON.parse(text)
    if (only !== '--parse-only') hear(line)
  }
}
flush()
console.error(`${told} payloads`)
