using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Contracts;
using Xunit;

namespace Atlas.Client.Tests.Calls;

public sealed class EventBufferTests
{
    private readonly List<ImmutableArray<int>> _stored = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private TaskCompletionSource _answer = new();

    [Fact]
    public async Task Events_that_come_while_an_append_is_on_its_way_share_the_next()
    {
        var buffer = new EventBuffer(StoreAsync);
        buffer.Add(Events(1));
        await _arrived.WaitAsync(TestContext.Current.CancellationToken);
        buffer.Add(Events(2, 3));
        buffer.Add(Events(4));
        var flush = buffer.FlushAsync(TestContext.Current.CancellationToken);

        Assert.False(flush.IsCompleted);
        _answer.SetResult();
        await flush;

        Assert.Equal([[1], [2, 3, 4]], _stored);
    }

    [Fact]
    public async Task Events_that_could_not_be_stored_wait_in_order_for_the_next_flush()
    {
        var buffer = new EventBuffer(StoreAsync);
        _answer.SetException(new AtlasUnavailableException("away"));
        buffer.Add(Events(1));
        await Assert.ThrowsAsync<AtlasUnavailableException>(() => buffer.FlushAsync(TestContext.Current.CancellationToken));
        buffer.Add(Events(2));
        await Assert.ThrowsAsync<AtlasUnavailableException>(() => buffer.FlushAsync(TestContext.Current.CancellationToken));
        Assert.Empty(_stored);

        _answer = new TaskCompletionSource();
        _answer.SetResult();
        await buffer.FlushAsync(TestContext.Current.CancellationToken);
        await buffer.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], _stored.SelectMany(batch => batch));
    }

    [Fact]
    public async Task An_event_that_is_refused_is_reported_once_and_holds_up_no_other()
    {
        var buffer = new EventBuffer(events =>
        {
            if (events.Any(one => one.GetInt32() == 2))
            {
                throw new AtlasRefusedException("too large");
            }

            _stored.Add([.. events.Select(one => one.GetInt32())]);
            return Task.CompletedTask;
        });
        buffer.Add(Events(1, 2, 3));

        await Assert.ThrowsAsync<AtlasRefusedException>(() => buffer.FlushAsync(TestContext.Current.CancellationToken));
        buffer.Add(Events(4));
        await buffer.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal([1, 3, 4], _stored.SelectMany(batch => batch));
    }

    [Fact]
    public async Task Large_events_are_split_into_several_appends()
    {
        var buffer = new EventBuffer(events =>
        {
            _stored.Add([events.Length]);
            return Task.CompletedTask;
        });
        var large = JsonSerializer.SerializeToElement(new { text = new string('x', 3 << 20) });
        buffer.Add([large, large, large, large, large]);
        await buffer.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal([2, 2, 1], _stored.Select(batch => batch[0]));
    }

    private static ImmutableArray<JsonElement> Events(params int[] numbers) =>
        [.. numbers.Select(number => JsonElement.Parse(number.ToString(CultureInfo.InvariantCulture)))];

    private async Task StoreAsync(ImmutableArray<JsonElement> events)
    {
        _arrived.Release();
        await _answer.Task;
        _stored.Add([.. events.Select(one => one.GetInt32())]);
    }
}
