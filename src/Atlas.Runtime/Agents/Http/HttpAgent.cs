using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Agents;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents.Http;

/// <summary>An agent behind an address. Every call is a POST of JSON, and the answer is read from the JSON that comes back.</summary>
/// <remarks>The body is the payload template with <c>prompt</c> (the conversation as text) and <c>metadata</c> (the same in structured form:
/// <c>mode</c>, <c>task_payload</c>, <c>step_payload</c>, <c>tool</c>, <c>messages</c>, <c>tools</c>, <c>tool_choice</c>), unless the
/// template has keys with these names.</remarks>
public sealed class HttpAgent : IAgent
{
    private readonly HttpClient _http;
    private readonly HttpAgentOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Initializes an agent from a configuration.</summary>
    /// <param name="http">The client for the requests, which the caller disposes of. Its time limit should be longer than the configured one.</param>
    /// <param name="options">The address of the agent, and how to call it.</param>
    /// <param name="tools">The tools of the agent; null for those that <paramref name="options"/> declare.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    public HttpAgent(HttpClient http, HttpAgentOptions options, IEnumerable<AITool>? tools = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        _http = http;
        _options = options;
        _time = time ?? TimeProvider.System;
        Tools = [.. tools ?? options.Tools.Select(DeclaredTool.Of)];
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public string SystemPrompt => _options.SystemPrompt;

    /// <inheritdoc/>
    public ImmutableArray<AITool> Tools { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> CallAsync(AgentCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var body = HttpAgentBody.Of(call, _options.PayloadTemplate).ToJsonString(AtlasJson.Options);
        var answer = await PostAsync(body, cancellationToken).ConfigureAwait(false);
        yield return AgentAnswer.Read(AtResultPath(answer));
    }

    private async Task<JsonNode?> PostAsync(string body, CancellationToken cancellationToken)
    {
        var retry = _options.Transport.Retry;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await HttpAgentRequest.SendAsync(_http, _options.Transport, Name, body, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (AgentException) when (attempt < retry.Attempts && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(retry.BackoffSeconds * attempt), _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private JsonNode? AtResultPath(JsonNode? answer)
    {
        var found = answer;
        for (var depth = 0; depth < _options.ResultPath.Length; depth++)
        {
            if (found is not JsonObject within || !within.TryGetPropertyValue(_options.ResultPath[depth], out found))
            {
                var path = string.Join('.', _options.ResultPath.Take(depth + 1));
                throw new AgentException(
                    $"The answer of the agent '{Name}' has no '{path}'; agent.result_path expects the result at '{string.Join('.', _options.ResultPath)}'.");
            }
        }

        return found;
    }
}
