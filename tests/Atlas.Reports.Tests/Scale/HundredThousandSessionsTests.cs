using System.Diagnostics;
using System.Globalization;
using Atlas.Queries.Reports;
using Atlas.Queries.Training;
using Atlas.Reports.Documents;
using Atlas.Reports.Export;
using Atlas.Testing;
using Xunit;

namespace Atlas.Reports.Tests.Scale;

/// <summary>Reports and exports of a key with 100,000 sessions: in little time, and in memory that does not grow with them. <c>ATLAS_SCALE_SESSIONS=1000000</c> is the
/// long form, with 20 events for each session.</summary>
public sealed class HundredThousandSessionsTests : IAsyncLifetime
{
    private static readonly int Wanted =
        int.TryParse(Environment.GetEnvironmentVariable("ATLAS_SCALE_SESSIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 0;

    private static readonly int Sessions = Wanted > 0 ? Wanted : 100_000;
    private static readonly int EventsOfEach = Wanted > 0 ? 20 : 2;
    private const long Megabyte = 1024 * 1024;

    // A report takes two to six seconds on an idle machine of two cores; the bound leaves room for a busy one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60) * Math.Max(1, Sessions / 100_000.0);

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(new() { StatementTimeout = TimeSpan.FromHours(1) });
        var watch = Stopwatch.StartNew();
        await _database.ExecuteAsync($$"""
            INSERT INTO sessions (task, status, metadata, reward, reward_stats, final_answer, review_status, playbook_version, playbook_sha256, created_at)
            SELECT 'task ' || n % 5000, 'succeeded',
                   jsonb_build_object('learning_key', 'many', 'execution_mode', (ARRAY['auto', 'paired', 'coach'])[1 + n % 3],
                     'token_usage', jsonb_build_object('total_tokens', 4000 + n % 700), 'note', repeat(md5(n::text), 20)),
                   jsonb_build_object('score', (n % 11) / 10.0), jsonb_build_object('score', (n % 11) / 10.0), repeat('answer ', 20), 'approved',
                   n / {{Math.Max(1, Sessions / 10)}}, CASE WHEN n >= 10000 THEN 'hash' END, '2026-03-01'::timestamptz + n * interval '1 second'
              FROM generate_series(1, {{Sessions}}) n;
            INSERT INTO trajectory_events (session_id, sequence, event)
            SELECT s.id, e - 1, jsonb_build_object('payload', jsonb_build_object('event_type', 'TOOL_END', 'name', 'ledger.match', 'data', md5(s.id::text || e)))
              FROM sessions s, generate_series(1, {{EventsOfEach}}) e;
            ANALYZE
            """);
        var bytes = await _database.ScalarAsync<long>("SELECT pg_database_size(current_database())");
        Say($"{Sessions} sessions with {EventsOfEach} events loaded in {watch.Elapsed.TotalSeconds:0.0} s: {bytes / Megabyte} MB, {bytes / Sessions} bytes a session");
    }

    [Fact]
    public async Task A_report_takes_seconds_and_little_memory()
    {
        var builder = new ReportBuilder("many", new PlaybookFacts(), new ReportSettings());
        var watch = Stopwatch.StartNew();
        var heap = new HeapWatch();
        await foreach (var session in new ReportQueries(_database.DataSource).SessionsAsync(new ReportSelection { LearningKey = "many", MostEvents = 200 }))
        {
            builder.Add(session);
            heap.Look();
        }

        var report = builder.Build([]);
        Say($"report of {Sessions} sessions: {watch.Elapsed.TotalSeconds:0.0} s, heap grew by at most {heap.Growth / Megabyte} MB");
        Assert.Equal(Sessions, report.SessionCount);
        Assert.Equal(Enumerable.Range(1, Sessions).Average(n => n % 11 / 10.0), report.Reward.OverallMean!.Value, 6);
        Assert.Equal(Sessions, report.AdaptiveModes.Values.Sum());
        Assert.True(watch.Elapsed < Patience, $"it took {watch.Elapsed}");
        Assert.True(heap.Growth < 48 * Megabyte, $"the heap grew by {heap.Growth / Megabyte} MB");
    }

    [Theory]
    [InlineData("jsonl", 24)]
    [InlineData("parquet", 160)]
    public async Task An_export_streams_in_constant_memory(string format, int mostMegabytes)
    {
        var output = new CountingStream();
        await using ITrainingWriter writer = format == "parquet" ? await ParquetTrainingWriter.CreateAsync(output) : new JsonlWriter(output);
        var watch = Stopwatch.StartNew();
        var heap = new HeapWatch();
        long earlyGrowth = 0;
        var count = 0;
        await foreach (var session in new TrainingData(_database.DataSource).ReadAsync(new TrainingFilter()))
        {
            await writer.WriteAsync(session);
            heap.Look();

            // The pools of the Parquet library fill during the first tens of thousands, and then go up and down.
            if (++count == Sessions / 2)
            {
                earlyGrowth = heap.Growth;
            }
        }

        await writer.FinishAsync();
        Say($"{format} of {count} sessions: {watch.Elapsed.TotalSeconds:0.0} s, {output.Length / Megabyte} MB written, heap grew by at most {heap.Growth / Megabyte} MB, {earlyGrowth / Megabyte} MB in the first half");
        Assert.Equal(Sessions, count);
        Assert.True(output.Length > 10 * Megabyte, "hardly anything was written");
        Assert.True(heap.Growth < mostMegabytes * Megabyte, $"the heap grew by {heap.Growth / Megabyte} MB");
        Assert.True(heap.Growth < earlyGrowth + (16 * Megabyte), "memory grew with the number of sessions");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static void Say(FormattableString line) =>
        TestContext.Current.TestOutputHelper!.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Looks at what is alive on the heap now and then: a full collection each time, so that rubbish does not count.</summary>
    private sealed class HeapWatch
    {
        private const int Every = 5000;

        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private int _looks;

        public long Growth { get; private set; }

        public void Look()
        {
            if (++_looks % Every == 0)
            {
                Growth = Math.Max(Growth, GC.GetTotalMemory(forceFullCollection: true) - _before);
            }
        }
    }

    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;
    }
}
