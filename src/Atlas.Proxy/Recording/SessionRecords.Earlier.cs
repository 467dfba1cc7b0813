using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Proxy.Telemetry;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>Continuing a session that was recorded elsewhere before.</summary>
internal sealed partial class SessionRecords
{
    private EarlierRecords? _earlier;
    private EarlierRecords? _awaited;

    /// <summary>Gets a task that completes, without ever failing, when what was recorded earlier is known here. Hand calls over
    /// afterwards.</summary>
    public Task Ready { get; private set; } = Task.CompletedTask;

    /// <summary>Continues from what was recorded earlier, so that nothing is recorded twice and usage does not begin at zero.</summary>
    /// <param name="load">Reads the events of the session.</param>
    /// <param name="log">The log.</param>
    public void Continue(Func<Task<EarlierRecords>> load, ILogger log) => Ready = ContinueAsync(load, log);

    private async Task ContinueAsync(Func<Task<EarlierRecords>> load, ILogger log)
    {
        try
        {
            var earlier = await load().ConfigureAwait(false);
            foreach (var text in earlier.Said.Where(_said.Add))
            {
                _recorder.Hear(text);
            }

            foreach (var (tool, succeeded) in earlier.Results)
            {
                _tracker.RecordAdoption(Role, tool, succeeded);
            }

            (_earlier, _awaited) = (earlier, earlier);
        }
        catch (Exception failure)
        {
            // The calls are recorded all the same, as if they were the first.
            log.NotRecorded(SessionId ?? 0, failure.Message);
        }
    }

    /// <summary>Makes the first request show which tools were called earlier and have answered now.</summary>
    private void Expect(IReadOnlyList<ChatMessage> messages)
    {
        foreach (var (call, tool) in _awaited?.Awaited(messages) ?? [])
        {
            _recorder.Expect(call, tool);
        }

        _awaited = null;
    }

    private Dictionary<string, double> Tokens()
    {
        var tokens = new Dictionary<string, double>(_recorder.Tokens, StringComparer.Ordinal) { ["cached_prompt_tokens"] = _cached };
        foreach (var (kind, count) in _earlier?.Tokens ?? new Dictionary<string, double>())
        {
            tokens[kind] = tokens.GetValueOrDefault(kind) + count;
        }

        return tokens;
    }

    private JsonElement Metadata(SessionStatus status)
    {
        var metadata = new JsonObject
        {
            ["token_usage"] = new JsonObject(Tokens().Select(kind => KeyValuePair.Create<string, JsonNode?>(kind.Key, kind.Value))),
        };
        if (status is SessionStatus.Failed)
        {
            metadata["error"] = Failure;
        }

        return JsonSerializer.SerializeToElement(metadata);
    }
}
