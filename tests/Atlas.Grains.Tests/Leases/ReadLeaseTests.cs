using Atlas.Contracts;
using Atlas.Grains.Leases;
using Atlas.Testing.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Atlas.Grains.Tests.Leases;

public sealed class ReadLeaseTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly ScriptedStanding _standing = new();
    private readonly TestClock _clock = new(TimeSpan.Zero);
    private readonly ReadLease _lease;

    public ReadLeaseTests()
    {
        _lease = new ReadLease(_standing, new ReadLeaseOptions { Seconds = 4, WithoutDatabase = TimeSpan.FromMinutes(2) }, _clock, NullLogger<ReadLease>.Instance);
    }

    [Fact]
    public async Task Memory_counts_once_the_table_was_asked_and_for_as_long_as_the_lease()
    {
        Assert.False(_lease.IsValid);
        await _lease.DemandAsync();
        Assert.True(_lease.IsValid);

        _clock.Advance(TimeSpan.FromSeconds(3.9));
        Assert.True(_lease.IsValid);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(_lease.IsValid);

        var asked = _standing.Asked;
        await _lease.DemandAsync();
        await _lease.DemandAsync();
        Assert.Equal(asked + 1, _standing.Asked);
    }

    [Fact]
    public async Task A_silo_that_was_declared_dead_answers_no_more_and_is_made_to_see_it()
    {
        await _lease.DemandAsync();
        _standing.Member = false;
        _clock.Advance(Long);

        await Assert.ThrowsAsync<AtlasUnavailableException>(_lease.DemandAsync);
        Assert.True(_standing.Faced);
        _standing.Member = null;
        await Assert.ThrowsAsync<AtlasUnavailableException>(_lease.DemandAsync);
    }

    [Fact]
    public async Task While_no_silo_reaches_the_database_memory_goes_on_counting_for_as_long_as_is_set()
    {
        await _lease.DemandAsync();
        _standing.Member = null;
        for (var second = 0; second < 119; second++)
        {
            _clock.Advance(Short);
            await _lease.RenewAsync();
            Assert.True(_lease.IsValid);
        }

        for (var second = 0; second < 4; second++)
        {
            _clock.Advance(Short);
            await _lease.RenewAsync();
        }

        Assert.False(_lease.IsValid);
    }

    [Fact]
    public async Task A_silo_that_reaches_neither_the_database_nor_all_others_counts_no_longer_than_its_lease()
    {
        await _lease.DemandAsync();
        _standing.Member = null;
        _standing.Others = new Hearsay(null, AllAnswered: false);
        for (var second = 0; second < 3; second++)
        {
            _clock.Advance(Short);
            await _lease.RenewAsync();
            Assert.True(_lease.IsValid);
        }

        _clock.Advance(Short);
        await Assert.ThrowsAsync<AtlasUnavailableException>(_lease.DemandAsync);
        Assert.False(_standing.Faced);
    }

    [Fact]
    public async Task What_another_silo_sees_in_the_database_is_as_good_as_seen()
    {
        await _lease.DemandAsync();
        _standing.Member = null;
        _standing.Others = new Hearsay(new ClusterSight(true, _standing.Store), AllAnswered: false);
        _clock.Advance(Long);
        await _lease.DemandAsync();
        Assert.True(_lease.IsValid);

        _standing.Others = new Hearsay(new ClusterSight(true, "second"), AllAnswered: true);
        _clock.Advance(Long);
        await _lease.DemandAsync();
        Assert.Equal(1, _lease.Epoch);

        _standing.Others = new Hearsay(new ClusterSight(false, "second"), AllAnswered: true);
        _clock.Advance(Long);
        await Assert.ThrowsAsync<AtlasUnavailableException>(_lease.DemandAsync);
        Assert.True(_standing.Faced);
    }

    [Fact]
    public async Task After_standing_still_memory_counts_only_once_the_table_says_so()
    {
        await _lease.DemandAsync();
        _standing.Member = null;
        _clock.Advance(Long);

        await Assert.ThrowsAsync<AtlasUnavailableException>(_lease.DemandAsync);
        _clock.Advance(Short);
        await _lease.RenewAsync();
        Assert.False(_lease.IsValid);

        _standing.Member = true;
        await _lease.DemandAsync();
        Assert.True(_lease.IsValid);
    }

    public void Dispose() => _lease.Dispose();
}
