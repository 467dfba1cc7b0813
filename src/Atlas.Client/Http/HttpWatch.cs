using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Json;

namespace Atlas.Client.Http;

/// <summary>A watch on one key: server-sent events, requested again when a stream ends.</summary>
internal sealed class HttpWatch(ApiConnection api, string learningKey, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // A silo sends a sign of life at least every five minutes.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(330);

    private string _digest = "";
    private ResolvedPlaybook? _seen;

    /// <exception cref="AtlasRefusedException">The API key does not allow it, or no longer does.</exception>
    public async IAsyncEnumerable<WatchedPlaybook> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            using var response = await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (response is not null)
            {
                await foreach (var playbook in ReadAsync(response, cancellationToken).ConfigureAwait(false))
                {
                    yield return playbook;
                }
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the stream; returns null if nobody answers.</summary>
    private async Task<HttpResponseMessage?> OpenAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, ApiConnection.Key(learningKey, "watch"));
        if (_digest.Length > 0)
        {
            request.Headers.Add("Last-Event-ID", _digest);
        }

        HttpResponseMessage? response = null;
        try
        {
            response = await api.SendAsync(request, cancellation, completion: HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
            await api.DemandAsync(response).ConfigureAwait(false);
            return response;
        }
        catch (Exception failure) when (failure is TimeoutException or AtlasUnavailableException)
        {
            response?.Dispose();
            return null;
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    private async IAsyncEnumerable<WatchedPlaybook> ReadAsync(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var stream = new WatchedStream(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), LongestSilence, time);
        await using var closed = stream.ConfigureAwait(false);
        var parser = SseParser.Create(stream);
        var events = parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        await using var ended = events.ConfigureAwait(false);
        while (await NextAsync(events, cancellation).ConfigureAwait(false))
        {
            if (events.Current.EventType != "playbook")
            {
                continue;
            }

            var playbook = JsonSerializer.Deserialize<ResolvedPlaybook>(events.Current.Data, AtlasJson.Options)!;
            _digest = parser.LastEventId;
            var missed = _seen is null ? 0 : Math.Max(0, playbook.Version - _seen.Version - 1);
            _seen = playbook;
            yield return new WatchedPlaybook(playbook, missed);
        }
    }

    /// <summary>Determines whether there is another event; a stream that breaks has none.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellation)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or TimeoutException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
