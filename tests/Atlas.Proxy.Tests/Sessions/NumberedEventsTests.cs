using System.Text.Json;
using Atlas.Client.Chat;
using Atlas.Contracts;
using Atlas.Proxy.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Atlas.Proxy.Tests.Sessions;

/// <summary>Events on their way into a session whose numbers the database hands out.</summary>
public sealed class NumberedEventsTests
{
    private readonly SortedDictionary<int, int> _stored = [];
    private readonly NumberedEvents _numbered;
    private readonly EventQueue _queue;
    private int _next;
    private int _failures;

    public NumberedEventsTests()
    {
        _numbered = new NumberedEvents(count => Task.FromResult((_next += count) - count), AppendAsync);
        _queue = new EventQueue(StoreAsync, () => Task.CompletedTask, 42, 1000, NullLogger.Instance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(11)]
    public async Task Each_event_but_a_refused_one_is_stored_once_and_in_order_also_if_what_follows_an_append_fails_first(int failures)
    {
        _failures = failures;
        for (var first = 0; first < 30; first += 10)
        {
            _queue.Add(Enumerable.Range(first, 10).Select(number => JsonSerializer.SerializeToElement(number)));
            await _queue.DrainAsync();
        }

        while (await _queue.DrainAsync() > 0)
        {
        }

        Assert.Equal(Enumerable.Range(0, 30).Where(number => number != 17), _stored.Values);
    }

    private async Task StoreAsync(IReadOnlyList<JsonElement> batch)
    {
        await _numbered.AppendAsync(batch);
        if (_failures-- > 0)
        {
            throw new AtlasUnavailableException("What follows an append failed.");
        }

        _numbered.Confirm(batch.Count);
    }

    private Task AppendAsync(int first, JsonElement[] events)
    {
        if (events.Any(item => item.GetInt32() == 17))
        {
            throw new AtlasRefusedException("too large");
        }

        for (var index = 0; index < events.Length; index++)
        {
            _stored.Add(first + index, events[index].GetInt32());
        }

        return Task.CompletedTask;
    }
}
