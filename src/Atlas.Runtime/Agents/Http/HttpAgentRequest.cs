using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Agents;

namespace Atlas.Runtime.Agents.Http;

/// <summary>One attempt of a request to an HTTP agent.</summary>
internal static class HttpAgentRequest
{
    private const int LargestAnswer = 16 * 1024 * 1024;
    private const int QuotedCharacters = 200;

    // The range of a timer.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    /// <summary>Posts the body and reads the answer as JSON.</summary>
    /// <exception cref="AgentException">The agent is unreachable, was too slow, refused, or did not answer with JSON.</exception>
    public static async Task<JsonNode?> SendAsync(
        HttpClient http, TransportOptions transport, string agent, string body, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(
            transport.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(Math.Min(transport.TimeoutSeconds, Longest.TotalSeconds)) : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = Request(transport, body);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(LargestAnswer, either.Token).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(either.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? JsonValues.Parse(text) : throw Refused(agent, response.StatusCode, text);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AgentException(
                string.Create(CultureInfo.InvariantCulture, $"The agent '{agent}' did not answer within {transport.TimeoutSeconds} seconds."), late);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            throw new AgentException($"The agent '{agent}' at {transport} cannot be reached: {lost.Message}", lost);
        }
        catch (JsonException odd)
        {
            throw new AgentException($"The agent '{agent}' sent an answer that is not JSON.", odd);
        }
    }

    private static HttpRequestMessage Request(TransportOptions transport, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, transport.BaseUrl)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in transport.Headers)
        {
            // A header that describes the body, such as Content-Type, belongs to the content and not to the request.
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static AgentException Refused(string agent, HttpStatusCode status, string text)
    {
        var said = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        said = said.Length > QuotedCharacters ? $"{said[..QuotedCharacters]}…" : said;
        return new AgentException(string.Create(
            CultureInfo.InvariantCulture, $"The agent '{agent}' answered with status {(int)status}{(said.Length > 0 ? $": {said}" : "")}."));
    }
}
