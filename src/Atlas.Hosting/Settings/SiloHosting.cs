namespace Atlas.Hosting.Settings;

/// <summary>Where a silo runs.</summary>
public enum SiloHosting
{
    /// <summary>On a machine: name and address come from the settings.</summary>
    Machine,

    /// <summary>In a container with its own network: name and address are the container's.</summary>
    Container,

    /// <summary>In a pod: name and address are the pod's, from <c>POD_NAME</c>, <c>POD_NAMESPACE</c> and <c>POD_IP</c>.</summary>
    Kubernetes,
}
