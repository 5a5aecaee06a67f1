-- wrk: GET the paths of the file LOAD_PATHS in turns, with the agents' token of LOAD_TOKEN.
local paths, at = {}, 0
local headers = { ["Accept"] = "application/json", ["X-Secret-Key"] = os.getenv("LOAD_TOKEN") }

function init()
  for line in io.lines(os.getenv("LOAD_PATHS")) do paths[#paths + 1] = line end
end

function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at], headers)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"errors":%d,"p50Ms":%.3f,"p99Ms":%.3f,"elapsedSeconds":%.3f}\n',
    summary.requests, e.status + e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, summary.duration / 1e6))
end
