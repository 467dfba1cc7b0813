using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting.Kubernetes;
using Xunit;

namespace Atlas.Cluster.Deployment;

/// <summary>The manifests, which cannot be run here, against their schema and against the silo's own code.</summary>
public sealed class KubernetesTests
{
    private static readonly IReadOnlyList<JsonNode> Objects =
        [.. Files().Where(file => file != "kustomization.yaml").SelectMany(file => YamlFile.Read("deploy", "kubernetes", file))];

    private static JsonNode Deployment => One("Deployment");

    private static JsonNode Pod => Deployment["spec"]!["template"]!;

    private static JsonNode Container => Pod["spec"]!["containers"]![0]!;

    [Fact]
    public void Every_manifest_has_the_form_that_its_kind_demands() => Assert.All(Objects, item => SchemaCheck.Demand("kubernetes", item));

    [Fact]
    public void The_schema_refuses_a_member_that_is_misspelt()
    {
        var wrong = Deployment.DeepClone();
        wrong["spec"]!["template"]!["spec"]!["containers"]![0]!["livenesProbe"] = new JsonObject();

        Assert.False(SchemaCheck.Accepts("kubernetes", wrong));
    }

    [Fact]
    public void The_kustomization_names_every_manifest_but_the_example()
    {
        var named = YamlFile.Read("deploy", "kubernetes", "kustomization.yaml")[0]["resources"]!.AsArray().Select(item => (string)item!);

        Assert.Equal(Files().Where(file => file != "kustomization.yaml" && !file.Contains(".example.", StringComparison.Ordinal)), named.Order());
    }

    [Fact]
    public void The_silo_knows_every_variable_it_is_given()
    {
        var variables = Container["env"]!.AsArray().ToDictionary(item => (string)item!["name"]!, item => (string?)item!["value"]);

        SiloFacts.DemandEnvironment(variables.Where(pair => pair.Value is not null).ToDictionary());
        SiloFacts.DemandEnvironment(variables.Where(pair => pair.Value is null).ToDictionary());
        Assert.Equal("kubernetes", variables["Atlas__Silo__Hosting"]);
        Assert.All(
            new[]
            {
                KubernetesHostingOptions.PodNameEnvironmentVariable, KubernetesHostingOptions.PodNamespaceEnvironmentVariable,
                KubernetesHostingOptions.PodIPEnvironmentVariable, "ATLAS_DATABASE_URL",
            },
            name => Assert.Contains(name, variables.Keys));
    }

    [Fact]
    public void Ports_and_probes_are_those_of_the_silo()
    {
        using var silo = SiloFacts.Build();
        var paths = SiloFacts.Paths(silo);

        Assert.Equal(SiloFacts.Ports, Container["ports"]!.AsArray().Select(port => (int)port!["containerPort"]!));
        Assert.Equal(["http", "silo", "gateway"], Container["ports"]!.AsArray().Select(port => (string)port!["name"]!));
        Assert.Equal(SiloFacts.Ports[0], (int)One("Service")["spec"]!["ports"]![0]!["port"]!);
        Assert.All(
            new[] { "startupProbe", "readinessProbe", "livenessProbe" },
            probe => Assert.Contains((string)Container[probe]!["httpGet"]!["path"]!, paths));
        Assert.Equal("/alive", (string)Container["livenessProbe"]!["httpGet"]!["path"]!);
        Assert.True(
            TimeSpan.FromSeconds((int)Pod["spec"]!["terminationGracePeriodSeconds"]!) > SiloFacts.LongestStop(silo) + TimeSpan.FromSeconds(5),
            "a pod is killed before its silo has handed over its work");
    }

    [Fact]
    public void Labels_names_and_rights_fit_together()
    {
        var labels = Pod["metadata"]!["labels"]!;
        var clusterId = Container["env"]!.AsArray().Single(item => (string)item!["name"]! == "Atlas__ClusterId")!["value"]!;
        Assert.Equal((string)clusterId!, (string)labels[KubernetesHostingOptions.ClusterIdLabel]!);
        Assert.Equal((string)clusterId!, (string)labels[KubernetesHostingOptions.ServiceIdLabel]!);

        foreach (var selector in new[]
        {
            Deployment["spec"]!["selector"]!["matchLabels"]!, One("Service")["spec"]!["selector"]!, One("PodDisruptionBudget")["spec"]!["selector"]!["matchLabels"]!,
            One("NetworkPolicy")["spec"]!["podSelector"]!["matchLabels"]!, IngressTo("silo")["podSelector"]!["matchLabels"]!,
        })
        {
            Assert.All(selector.AsObject(), label => Assert.Equal((string)label.Value!, (string)labels[label.Key]!));
        }

        var account = (string)Pod["spec"]!["serviceAccountName"]!;
        Assert.Equal(account, (string)One("ServiceAccount")["metadata"]!["name"]!);
        Assert.Equal(account, (string)One("RoleBinding")["subjects"]![0]!["name"]!);
        Assert.Equal((string)One("Role")["metadata"]!["name"]!, (string)One("RoleBinding")["roleRef"]!["name"]!);
        Assert.Equal(["get", "list", "watch", "patch"], One("Role")["rules"]![0]!["verbs"]!.AsArray().Select(verb => (string)verb!));

        var secret = Container["env"]!.AsArray().Single(item => (string)item!["name"]! == "ATLAS_DATABASE_URL")!["valueFrom"]!["secretKeyRef"]!;
        Assert.Equal((string)secret["name"]!, (string)One("Secret")["metadata"]!["name"]!);
        Assert.Contains((string)secret["key"]!, One("Secret")["stringData"]!.AsObject().Select(entry => entry.Key));
        Assert.All(
            Objects.Where(item => (string)item["kind"]! != "Namespace"),
            item => Assert.Equal((string)One("Namespace")["metadata"]!["name"]!, (string)item["metadata"]!["namespace"]!));
    }

    [Fact]
    public void A_silo_in_a_pod_takes_its_name_and_address_from_there()
    {
        Environment.SetEnvironmentVariable(KubernetesHostingOptions.PodNameEnvironmentVariable, "atlas-silo-7");
        Environment.SetEnvironmentVariable(KubernetesHostingOptions.PodNamespaceEnvironmentVariable, "atlas");
        Environment.SetEnvironmentVariable(KubernetesHostingOptions.PodIPEnvironmentVariable, "10.1.2.3");
        using var silo = SiloFacts.Build("--Atlas:Silo:Hosting=kubernetes", "--Atlas:ClusterId=east");

        var endpoints = silo.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        Assert.Equal("atlas-silo-7", silo.Services.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName);
        Assert.Equal("east", silo.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId);
        Assert.Equal(IPAddress.Parse("10.1.2.3"), endpoints.AdvertisedIPAddress);
        Assert.Equal((SiloFacts.Ports[1], SiloFacts.Ports[2]), (endpoints.SiloPort, endpoints.GatewayPort));
    }

    [Fact]
    public void Only_the_container_that_makes_the_tables_is_told_the_login_of_their_owner()
    {
        static string SecretOf(JsonNode container) => (string)container["env"]!.AsArray().Single(item => (string)item!["name"]! == "ATLAS_DATABASE_URL")!["valueFrom"]!["secretKeyRef"]!["key"]!;
        var schema = Pod["spec"]!["initContainers"]![0]!;

        Assert.Equal(("owner-url", "url"), (SecretOf(schema), SecretOf(Container)));
        Assert.Equal((string)Container["image"]!, (string)schema["image"]!);
        Assert.Equal("true", (string)schema["env"]!.AsArray().Single(item => (string)item!["name"]! == "Atlas__Silo__OnlySchema")!["value"]!);
        var secret = YamlFile.Read("deploy", "kubernetes", "database-secret.example.yaml")[0]["stringData"]!.AsObject();
        Assert.Equal(["url", "owner-url"], secret.Select(pair => pair.Key));
    }

    [Fact]
    public void Only_silos_reach_the_port_of_silos_and_only_clients_the_others()
    {
        Assert.Null(IngressTo("silo")["namespaceSelector"]);
        Assert.All(new[] { "gateway", "http" }, port => Assert.Equal("true", (string)IngressTo(port)["podSelector"]!["matchLabels"]!["atlas-client"]!));
    }

    /// <summary>Who may reach a port of the silos.</summary>
    private static JsonNode IngressTo(string port) => Assert.Single(One("NetworkPolicy")["spec"]!["ingress"]!.AsArray()
        .Where(rule => rule!["ports"]!.AsArray().Any(open => (string)open!["port"]! == port))
        .Select(rule => Assert.Single(rule!["from"]!.AsArray())!));

    private static JsonNode One(string kind) => Objects.Single(item => (string)item["kind"]! == kind);

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "deploy", "kubernetes")).Select(file => Path.GetFileName(file)).Order();
}
