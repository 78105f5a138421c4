"""The same instances by PyVRP, VROOM and OR-Tools, each in its own terms; a peer that is not installed is left out."""

import importlib.util
import time

import numpy as np

from benchmarks.routing.instances import Instance


def run(instance: Instance, teams: int, seconds: float, seed: int) -> dict[str, list[list[int]]]:
    """Routes of every peer that is installed, after about so many seconds on one core."""
    found: dict[str, list[list[int]]] = {}
    for name, module, call in (
        ("PyVRP", "pyvrp", _pyvrp),
        ("VROOM", "vroom", _vroom),
        ("OR-Tools", "ortools", _ortools),
    ):
        if importlib.util.find_spec(module):
            found[name] = call(instance, teams, seconds, seed)
    return found


def _pyvrp(instance: Instance, teams: int, seconds: float, seed: int) -> list[list[int]]:
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime

    model = Model()
    n = len(instance.service)
    scale = 100  # profits outweigh distances; larger ones make PyVRP end in plans that are late
    end = int(instance.closes[0])
    places = [model.add_location(x=0, y=0) for _ in range(n)]
    depot = model.add_depot(places[0], tw_early=0, tw_late=end)
    for i in range(1, n):
        late = int(instance.closes[i])
        model.add_client(
            places[i], service_duration=int(instance.service[i]), tw_early=min(late, int(instance.opens[i])), tw_late=late,
            prize=int(instance.profit[i]) * scale, required=False,
        )  # fmt: skip
    model.add_vehicle_type(teams, start_depot=depot, end_depot=depot, tw_early=0, tw_late=end)
    for i in range(n):
        for j in range(n):
            if i != j:
                model.add_edge(
                    places[i], places[j], distance=int(instance.travel[i, j]), duration=int(instance.travel[i, j])
                )
    best = model.solve(MaxRuntime(seconds), seed=seed, display=False).best
    if not best.is_feasible():
        return []
    return [[visit.idx + 1 for visit in route if visit.is_client()] for route in best.routes()]


def _vroom(instance: Instance, teams: int, seconds: float, seed: int) -> list[list[int]]:
    import vroom

    problem = vroom.Input()
    matrix = np.asarray(instance.travel, dtype=np.uint32)
    problem.set_durations_matrix(profile="car", matrix_input=matrix)
    end = int(instance.closes[0])
    for k in range(teams):
        problem.add_vehicle([vroom.Vehicle(k, start=0, end=0, time_window=vroom.TimeWindow(0, end))])
    top = float(instance.profit.max()) or 1.0
    for i in range(1, len(instance.service)):
        if instance.opens[i] <= instance.closes[i]:
            window = vroom.TimeWindow(int(instance.opens[i]), int(instance.closes[i]))
            problem.add_job([vroom.Job(
                i, location=i, default_service=int(instance.service[i]), priority=round(100 * instance.profit[i] / top), time_windows=[window],
            )])  # fmt: skip
    routes: list[list[int]] = [[] for _ in range(teams)]
    rows = problem.solve(exploration_level=5, nb_threads=1).routes
    for vehicle, kind, job in zip(rows["vehicle_id"], rows["type"], rows["id"], strict=True):
        if kind == "job":
            routes[int(vehicle)].append(int(job))
    return routes


def _ortools(instance: Instance, teams: int, seconds: float, seed: int) -> list[list[int]]:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    n = len(instance.service)
    manager = pywrapcp.RoutingIndexManager(n, teams, 0)
    routing = pywrapcp.RoutingModel(manager)
    durations = (instance.travel + instance.service[:, None]).astype(int).tolist()
    transit = routing.RegisterTransitCallback(lambda a, b: durations[manager.IndexToNode(a)][manager.IndexToNode(b)])
    routing.SetArcCostEvaluatorOfAllVehicles(transit)
    end = int(instance.closes[0])
    routing.AddDimension(transit, end, end, False, "time")
    clock = routing.GetDimensionOrDie("time")
    for i in range(1, n):
        index = manager.NodeToIndex(i)
        early, late = int(instance.opens[i]), int(instance.closes[i])
        clock.CumulVar(index).SetRange(min(early, late), late)
        routing.AddDisjunction([index], int(instance.profit[i]) * 10**5)
    options = pywrapcp.DefaultRoutingSearchParameters()
    options.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    options.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    options.time_limit.FromMilliseconds(int(seconds * 1000))
    began = time.perf_counter()
    found = routing.SolveWithParameters(options)
    assert time.perf_counter() - began < 10 * seconds + 10
    routes = []
    for k in range(teams if found else 0):
        index, route = routing.Start(k), []
        while not routing.IsEnd(index):
            if manager.IndexToNode(index):
                route.append(manager.IndexToNode(index))
            index = found.Value(routing.NextVar(index))
        routes.append(route)
    return routes
