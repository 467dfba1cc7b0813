using System.Text.Json;
using Atlas.Import;
using Atlas.Learning.Sessions;
using Atlas.Runtime.Importing;
using Atlas.Runtime.Tests.Harness;
using Xunit;

namespace Atlas.Runtime.Tests.Importing;

public class SessionImporterTests
{
    private readonly MemoryCluster _cluster = new();

    [Fact]
    public async Task A_session_has_the_name_of_its_record_and_may_have_been_stored_under_a_former_one()
    {
        await ImportAsync("otel:trace:-:new", "otel:-:-:old");

        var start = Assert.Single(_cluster.Started);
        Assert.Equal(("support/orders/otel:trace:-:new", "support/orders/otel:-:-:old"), (start.ExternalId, start.FormerExternalId));
    }

    [Fact]
    public async Task Names_too_long_for_an_external_id_become_hashes_that_stay_distinct()
    {
        var name = new string('n', SessionLimits.ExternalIdLength);
        await ImportAsync(name + "1");
        await ImportAsync(name + "1");
        await ImportAsync(name + "2");

        Assert.All(_cluster.Started, start => SessionLimits.CheckExternalId(start.ExternalId));
        Assert.Equal(2, _cluster.Started.Select(start => start.ExternalId).Distinct().Count());
        Assert.Equal(_cluster.Started[0].ExternalId, _cluster.Started[1].ExternalId);
    }

    private Task ImportAsync(string id, string? former = null) => new SessionImporter(_cluster, "support/orders", review: null).ImportAsync(
        new RecordedRun { Index = 0, ExternalId = id, FormerId = former, Task = "a task", Metadata = JsonElement.Parse("{}"), Events = [] },
        TestContext.Current.CancellationToken);
}
