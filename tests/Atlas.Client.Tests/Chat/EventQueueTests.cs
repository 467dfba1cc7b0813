using System.Text.Json;
using Atlas.Client.Chat;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts;
using Xunit;

namespace Atlas.Client.Tests.Chat;

public sealed class EventQueueTests
{
    private readonly List<JsonElement> _stored = [];
    private readonly LogLines _log = new();
    private int _appends;

    [Theory]
    [InlineData(0)]
    [InlineData(130)]
    [InlineData(299)]
    public async Task An_event_that_is_refused_costs_no_other(int refused)
    {
        var queue = Queue(batch => batch.Any(item => item.GetInt32() == refused));
        queue.Add(Enumerable.Range(0, 300).Select(number => JsonSerializer.SerializeToElement(number)));

        Assert.Equal(0, await queue.DrainAsync());
        queue.Add([JsonSerializer.SerializeToElement(300)]);
        Assert.Equal(0, await queue.DrainAsync());

        Assert.Equal(Enumerable.Range(0, 301).Where(number => number != refused), _stored.Select(item => item.GetInt32()));
        Assert.Equal("1 events of session 42 were not stored: too large", Assert.Single(_log.Lines));
        Assert.InRange(_appends, 3, 25);
    }

    [Fact]
    public async Task Large_events_are_split_into_several_appends()
    {
        // As the cluster does it: an append can have at most 32 MiB.
        var queue = Queue(batch => batch.Sum(item => (long)item.GetRawText().Length) > 32 << 20);
        var large = JsonSerializer.SerializeToElement(new string('x', 3 << 20));
        queue.Add(Enumerable.Repeat(large, 12));

        Assert.Equal(0, await queue.DrainAsync());

        Assert.Equal((12, 6), (_stored.Count, _appends));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_session_that_is_over_is_asked_once_and_given_nothing_more()
    {
        var queue = Queue(_ => true, isOver: true);
        queue.Add(Enumerable.Range(0, 300).Select(number => JsonSerializer.SerializeToElement(number)));
        Assert.Equal(0, await queue.DrainAsync());
        queue.Add([JsonSerializer.SerializeToElement(300)]);
        Assert.Equal(0, await queue.DrainAsync());

        Assert.Equal(
            ["300 events of session 42 were not stored: The session is over.", "1 events of session 42 were not stored: the session accepts no more"], _log.Lines);
        Assert.Equal(1, _appends);
    }

    [Fact]
    public async Task A_session_that_refuses_every_event_is_soon_given_nothing_more()
    {
        var queue = Queue(_ => true);
        queue.Add(Enumerable.Range(0, 1000).Select(number => JsonSerializer.SerializeToElement(number)));
        Assert.Equal(0, await queue.DrainAsync());
        queue.Add([JsonSerializer.SerializeToElement(1000)]);
        Assert.Equal(0, await queue.DrainAsync());

        Assert.Equal("980 events of session 42 were not stored: too large", _log.Lines[20]);
        Assert.InRange(_appends, 20, 40);
    }

    [Fact]
    public async Task Refused_events_wait_while_nobody_can_say_whether_the_session_goes_on()
    {
        var isAway = true;
        var queue = new EventQueue(
            batch => batch.Any(item => item.GetInt32() == 1) ? throw new AtlasRefusedException("too large") : StoreAsync(batch),
            () => isAway ? throw FakeAtlas.OutOfReach : Task.CompletedTask,
            42,
            1000,
            _log);
        queue.Add(Enumerable.Range(0, 3).Select(number => JsonSerializer.SerializeToElement(number)));
        Assert.Equal(3, await queue.DrainAsync());

        isAway = false;
        Assert.Equal(0, await queue.DrainAsync());
        Assert.Equal([0, 2], _stored.Select(item => item.GetInt32()));
    }

    private EventQueue Queue(Func<IReadOnlyList<JsonElement>, bool> refuses, bool isOver = false) => new(
        batch =>
        {
            _appends++;
            return refuses(batch) ? throw new AtlasRefusedException("too large") : StoreAsync(batch);
        },
        () => isOver ? throw new AtlasRefusedException("The session is over.") : Task.CompletedTask,
        42,
        1000,
        _log);

    private Task StoreAsync(IReadOnlyList<JsonElement> batch)
    {
        _stored.AddRange(batch);
        return Task.CompletedTask;
    }
}
